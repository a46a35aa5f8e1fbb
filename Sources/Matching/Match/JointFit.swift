/// How several wishes are met together, in thousandths.
///
/// Each takes its share of what the others left. A mean would let a wish that is met outweigh one that
/// is not, so that giving up a need that every offering meets would lower a score; here, taking a wish
/// away never lowers what is left. What is not stated counts once, however much it is: who writes
/// little about a course has not said that nothing fits.
struct JointFit {
    private var stated = 1000
    private var silence = 1000

    /// 1000 when all wishes are met, or there are none.
    var part: Int { stated * silence / 1000 }

    /// Takes up how one wish is met, 0...1000.
    mutating func take(_ share: Int) { stated = stated * share / 1000 }

    /// Takes up a wish of which the offering says nothing.
    ///
    /// - Parameter share: What silence is worth, 0...1000.
    mutating func takeUnknown(_ share: Int) { silence = min(silence, share) }
}
