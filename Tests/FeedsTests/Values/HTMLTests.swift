import CourseModel
import Feeds
import Testing

@Suite("HTML of every kind becomes text within the allow-list")
struct HTMLTests {
    @Test(
        "mark-up is reduced",
        arguments: [
            ("<p>Een</p><p>Twee</p>", "<p>Een</p><p>Twee</p>"),
            ("<h2>Kop</h2>tekst", "<h3>Kop</h3><p>tekst</p>"),
            ("<UL><LI>a<LI>b</UL>", "<ul><li>a</li><li>b</li></ul>"),
            ("<ol><li>a</li><li><p>b</p></li></ol>", "<ol><li>a</li><li>b</li></ol>"),
            (
                "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
                "<ul><li>a</li><li>b</li><li>c</li></ul>"
            ),
            ("a<br>b<br/>c", "<p>a<br/>b<br/>c</p>"), ("a<br><br>b", "<p>a</p><p>b</p>"),
            ("<p>a <b>b</b> <i>c</i></p>", "<p>a <strong>b</strong> <em>c</em></p>"),
            ("<p>a<strong> b</strong>c</p>", "<p>a<strong> b</strong>c</p>"),
            (
                "<a href=\"https://a.example/?x=1&amp;y=2\">link</a>",
                "<p><a href=\"https://a.example/?x=1&amp;y=2\">link</a></p>"
            ),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
                "<p>a b</p><p>c</p>"
            ),
            ("  \n <p>  a \n b </p> ", "<p>a b</p>"), ("<p>&nbsp;</p><p>a</p>", "<p>a</p>"),
            ("<p>caf&eacute; &#8211; &#x20AC; &#150;</p>", "<p>café – € –</p>"),
            ("<p>a<!-- weg -->b</p>", "<p>ab</p>"), ("<p onclick=\"x()\">a</p>", "<p>a</p>"),
            ("<span style='x'>a</span> b", "<p>a b</p>"), ("<p>a", "<p>a</p>"),
            ("a</p></div>b", "<p>a</p><p>b</p>"), ("<p <b>a</b>", "<p><strong>a</strong></p>"),
        ])
    func reduced(html: String, expected: String) {
        #expect(RichText(html: html).html == expected)
    }

    @Test(
        "what could do harm is gone with its content",
        arguments: [
            "<p>ok</p><script>alert('<p>x</p>')</script>", "<style>p{}</style><p>ok</p>",
            "<p>ok</p><iframe src=x>weg</iframe>", "<p>ok<img src=x onerror=alert(1)></p>",
            "<p>ok</p><SCRIPT SRC=x></SCRIPT>", "<p>ok</p><object><p>weg</p></object>",
            "<p>ok</p><script>nooit gesloten", "<svg><script>x</script></svg><p>ok</p>",
        ])
    func harmless(html: String) {
        #expect(RichText(html: html).plainText == "ok")
    }

    @Test(
        "links that lead elsewhere lose their address, not their text",
        arguments: [
            "javascript:alert(1)", "data:text/html,x", " java\nscript:x", "/relative", "#top",
            "vbscript:x", "&#106;avascript:x",
        ])
    func links(href: String) {
        #expect(RichText(html: "<a href=\"\(href)\">tekst</a>").html == "<p>tekst</p>")
    }

    @Test("plain text keeps its lines and paragraphs")
    func plain() {
        #expect(RichText(html: "a\nb\n\nc").html == "<p>a<br/>b</p><p>c</p>")
        #expect(RichText(html: "a < b & c > d").plainText == "a < b & c > d")
        #expect(RichText(html: "<naam> invullen").plainText == "<naam> invullen")
        #expect(RichText(html: "").isEmpty)
        #expect(RichText(html: " \n ").isEmpty)
    }

    @Test("what was escaped twice is resolved twice")
    func twice() {
        #expect(RichText(html: "a &amp; b&nbsp;c").plainText == "a & b c")
        #expect(
            RichText(html: "&lt;p&gt;a&lt;/p&gt;&lt;p&gt;b&lt;/p&gt;").html == "<p>a</p><p>b</p>")
        #expect(RichText(html: "<p>R&amp;amp;D&amp;nbsp;x</p>").plainText == "R&D x")
        #expect(readHTML("<p>R&amp;amp;D</p>").wasEscapedTwice)
        #expect(!readHTML("<p>R&amp;D</p>").wasEscapedTwice)
    }

    @Test("what was left out is told")
    func removed() {
        #expect(readHTML("<p>a<img src=x></p><script>b</script>").removed == ["img", "script"])
        #expect(readHTML("<a href='javascript:x'>a</a>").removed == ["href"])
    }

    @Test("the allow-list is a fixed point: its own HTML reads back the same")
    func fixedPoint() {
        for html in [
            "<p>a <b>b</b><i> c</i></p><h1>d</h1><ol><li>e</li></ol>",
            "a &lt;b&gt; c", "<p>x<br>y</p><a href='https://a.example/?a=1&b=2'>z</a>",
        ] {
            let once = RichText(html: html)
            #expect(RichText(html: once.html) == once)
        }
    }
}
