/// Dutch and English words that hold a sentence together and say nothing about a course.
///
/// The list is short on purpose: words that are also names in this field (`it`, `zorg`, `recht`)
/// are not in it. One list serves both languages, since queries do not say which they are in.
public enum StopWords {
    /// The words, folded.
    public static let words: Set<String> = Set(
        """
        aan als al alle alles allen ander andere anders bij binnen daar daarbij daarmee daarnaast dan
        dat de deze die dit door een elk elke en er geen haar had heb hebben heeft hem het hier hij
        hoe hun ik in is je jij jou jouw jullie kan kunnen kun kunt maar me meer men met mij mijn na
        naar nadat niet nog nu of om omdat ons onze ook op over per te tegen tijdens toen tot tussen
        u uit uw van vanaf veel via voor waar waarbij waarin waarmee wanneer want was wat we wel
        welke werd wie wij word worden wordt zal ze zelf zich zij zijn zo zoals zodat zonder zou zullen
        a about after all also an and any are as at be been but by can could do does each for from
        had has have he her here him his how i if into its may more most my no not of on or other our
        out per shall she should so some such than that the their them then there these they this
        those through to under up was what when where which while who will with would you your
        """.split { $0 == " " || $0 == "\n" }.map(String.init))

    private static let longest = words.lazy.map(\.utf8.count).max() ?? 0

    /// Whether a folded word is one of them.
    public static func contains(_ word: String) -> Bool {
        word.utf8.count <= longest && words.contains(word)
    }
}
