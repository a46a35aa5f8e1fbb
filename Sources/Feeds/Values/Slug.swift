/// A text as a name of lower-case ASCII words with hyphens between: `Bildungsgutschein (BA)` becomes
/// `bildungsgutschein-ba`.
///
/// German, French and Nordic letters are written out or lose their mark; other letters part words.
func slug(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    for character in text.lowercased() {
        if character.isASCII, character.isLetter || character.isNumber {
            word.append(character)
        } else if let plain = plainLetters[character] {
            word += plain
        } else if !word.isEmpty {
            words.append(word)
            word = ""
        }
    }
    if !word.isEmpty { words.append(word) }
    return words.joined(separator: "-")
}

private let plainLetters: [Character: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "a", "ø": "o", "æ": "ae", "é": "e", "è": "e",
    "ê": "e", "ë": "e", "à": "a", "â": "a", "á": "a", "ç": "c", "î": "i", "ï": "i", "í": "i",
    "ô": "o", "ó": "o", "û": "u", "ù": "u", "ú": "u", "ñ": "n",
]
