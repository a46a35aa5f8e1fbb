import Glibc

// Feeds a reader what a fuzzer makes up, and holds it to its promises.
//
//   FuzzReaders                          the readers, a line each
//   FuzzReaders READER [OPTION…] [FOLDER…]
//
// Options and folders of inputs are libFuzzer's: `-runs=1000`, `-max_total_time=60`; a file is read
// once. .ci/fuzz builds it, with the fuzzer's and the address sanitizer's run-time libraries.

/// The reader that this process tries; set once, before the fuzzer's first call.
nonisolated(unsafe) private var tried = FuzzedReader.all[0]

/// Takes the reader's name out of the arguments; libFuzzer calls it first.
@_cdecl("LLVMFuzzerInitialize")
public func chooseReader(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>>>
) -> CInt {
    guard count.pointee > 1 else {
        for reader in FuzzedReader.all { print(reader.name) }
        exit(0)
    }
    let name = String(cString: arguments.pointee[1])
    guard let reader = FuzzedReader.all.first(where: { $0.name == name }) else {
        let message = Array(
            "There is no reader “\(name)”; without arguments all are listed.\n".utf8)
        write(STDERR_FILENO, message, message.count)
        exit(64)
    }
    tried = reader
    arguments.pointee[1] = arguments.pointee[0]
    arguments.pointee += 1
    count.pointee -= 1
    return 0
}

/// Reads one input; a broken promise ends the process, as any crash does, and libFuzzer keeps the
/// input.
@_cdecl("LLVMFuzzerTestOneInput")
public func tryOut(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    do {
        try tried.tryOut(Array(UnsafeBufferPointer(start: bytes, count: count)))
    } catch {
        fatalError("\(tried.name): \(error)")
    }
    return 0
}
