import Answers
import Feeds

/// A report as one page that needs nothing else: no scripts, no pictures, no network.
enum ReportPage {
    /// Everything before the first section.
    static func head(_ title: String, _ language: AnswerLanguage) -> String {
        """
        <!DOCTYPE html>
        <html lang="\(language.rawValue)">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'">
        <title>\(title)</title>
        <style>
        \(style)
        </style>
        </head>
        <body>
        <main>
        <h1>\(title)</h1>

        """
    }

    /// Everything behind the last section.
    static let foot = "</main>\n</body>\n</html>"

    /// Both pairs of colours pass WCAG 2.2 AA (4.5 : 1) on their ground.
    private static let style = """
        :root { color-scheme: light dark; --error: #a30000; --warning: #7a4a00; --line: #767676; }
        @media (prefers-color-scheme: dark) {
          :root { --error: #ff9a9a; --warning: #ffc46b; --line: #8c8c8c; }
        }
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
        main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
        h2 { overflow-wrap: anywhere; border-bottom: 1px solid var(--line); }
        table { border-collapse: collapse; margin: 1rem 0; }
        caption { text-align: left; font-weight: bold; }
        th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; }
        td { overflow-wrap: anywhere; }
        details { margin: .5rem 0; border: 1px solid var(--line); padding: .5rem; }
        summary { cursor: pointer; }
        code { overflow-wrap: anywhere; }
        .error { color: var(--error); font-weight: bold; }
        .warning { color: var(--warning); font-weight: bold; }
        """
}
