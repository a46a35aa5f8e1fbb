/// The words of a text in lower case: runs of letters and digits, every character beyond ASCII
/// taken for a letter.
///
/// For look-ups in tables of names; no grammar is asked for, so bytes are enough.
func lowerWords(_ text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
        var words: [String] = []
        var word: [UInt8] = []
        for byte in bytes {
            switch byte {
            case 48...57, 97...122, 0x80...: word.append(byte)
            case 65...90: word.append(byte | 0x20)
            default:
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }
}
