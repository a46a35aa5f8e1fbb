/// How several wishes are met together, in thousandths.
///
/// Each takes its share of what the others left. A mean would let a wish that is met outweigh one that
/// is not, so that giving up a need that every offering meets would lower a score; here, taking a wish
/// away never lowers what is left.
struct JointFit {
    /// 1000 when all wishes are met, or there are none.
    private(set) var part = 1000

    /// Takes up how one wish is met, 0...1000.
    mutating func take(_ share: Int) { part = part * share / 1000 }
}
