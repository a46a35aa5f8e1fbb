import CourseModel
import Storage

/// A message of plain text, in the form of RFC 5322 and MIME (RFC 2045, RFC 2047).
///
/// Whatever stands in its texts, it is one message to these people: nothing in a header can begin
/// another header, no line is longer than 78 bytes, and all bytes are ASCII.
struct MailMessage {
    /// Whom it comes from.
    var from: MailAddress
    /// Whom it goes to.
    var to: [MailAddress]
    /// What it is about.
    var subject: String
    /// When it was made.
    var date: Moment
    /// What tells it from all other messages: letters and digits.
    var id: String
    /// The language of the text: `nl`.
    var language: String
    /// The text; lines end with `\n`.
    var text: String

    /// The message with lines that end with `end`: CR LF in a file, LF for sendmail.
    func bytes(lineEnd end: String) -> [UInt8] {
        let headers = [
            "From: " + Self.mailbox(from),
            "To: " + to.map(Self.mailbox).joined(separator: ",\n "),
            "Subject: " + Self.unstructured(subject),
            "Date: " + Self.date(date),
            "Message-ID: <\(id)@\(from.domain)>",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "Content-Language: \(language)",
            // No machine answers it (RFC 3834).
            "Auto-Submitted: auto-generated",
        ]
        let message = headers.joined(separator: "\n") + "\n\n" + Self.quotedPrintable(text)
        return Array(message.replacing("\n", with: end).utf8)
    }

    // MARK: Headers

    private static func mailbox(_ mailbox: MailAddress) -> String {
        guard let name = mailbox.name?.onOneLine else { return mailbox.address }
        let isPlain = name.utf8.count <= 60 && name.utf8.allSatisfy { 32...126 ~= $0 }
        guard isPlain, !name.contains("=?") else {
            return encodedWords(name, after: 6) + "\n <\(mailbox.address)>"
        }
        let escaped = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\"\n <\(mailbox.address)>"
    }

    /// Text of a header in which anything may stand.
    private static func unstructured(_ text: String) -> String {
        let line = text.onOneLine
        let isPlain = line.utf8.count <= 60 && line.utf8.allSatisfy { 32...126 ~= $0 }
        return isPlain && !line.contains("=?")
            ? line
            : encodedWords(line, after: "Subject: ".utf8.count)
    }

    /// The most bytes of an encoded word (RFC 2047, 2), less those of its frame.
    private static let wordRoom = 75 - "=?utf-8?Q?".utf8.count - "?=".utf8.count

    /// Encoded words, each on a line of at most 76 bytes (RFC 2047, 2); none splits a character.
    ///
    /// - Parameter start: How many bytes the header's name takes on the first line.
    private static func encodedWords(_ text: String, after start: Int) -> String {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            let encoded = Array(String(scalar).utf8).map(encodedInWord).joined()
            let room = words.isEmpty ? wordRoom - start : wordRoom
            if word.utf8.count + encoded.utf8.count > room {
                words.append(word)
                word = ""
            }
            word += encoded
        }
        words.append(word)
        return words.map { "=?utf-8?Q?\($0)?=" }.joined(separator: "\n ")
    }

    /// A byte of an encoded word; only what may stand in a name, too, stands as it is.
    private static func encodedInWord(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: " "): "_"
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            String(UnicodeScalar(byte))
        default: hexadecimal(byte)
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = Array("0123456789ABCDEF")
        return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }

    /// `Tue, 24 Nov 2026 08:30:00 +0000` (RFC 5322, 3.3).
    private static func date(_ moment: Moment) -> String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        // 1 January 1970 was a Thursday.
        let weekday = ((Int(moment.day.daysSince1970) % 7) + 7) % 7
        let (year, month, day) = moment.day.parts
        let time = moment.iso.dropFirst(11).prefix(8)
        return "\(days[weekday]), \(day) \(months[month - 1]) \(year) \(time) +0000"
    }

    // MARK: Body

    /// The most bytes of a line (RFC 2045, 6.7), less its soft end.
    private static let lineRoom = 75

    private static func quotedPrintable(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { quotedPrintable(line: Array($0.utf8)) }.joined(separator: "\n")
    }

    private static func quotedPrintable(line bytes: [UInt8]) -> String {
        var output = ""
        var length = 0
        for (index, byte) in bytes.enumerated() {
            let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            let isPlain =
                isBlank
                ? index < bytes.count - 1 : 33...126 ~= byte && byte != UInt8(ascii: "=")
            var piece = isPlain ? String(UnicodeScalar(byte)) : hexadecimal(byte)
            if length + piece.utf8.count > lineRoom {
                output += "=\n"
                length = 0
            }
            // A dot by itself would end the message for SMTP, and a line “From …” would begin
            // another one in a mailbox file.
            if length == 0,
                byte == UInt8(ascii: ".") || bytes[index...].starts(with: Array("From ".utf8))
            {
                piece = hexadecimal(byte)
            }
            output += piece
            length += piece.utf8.count
        }
        return output
    }
}
