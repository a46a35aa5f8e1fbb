import CourseModel
import Foundation
import Skills

// Ranks the queries of an evaluation set against a corpus of labels and prints a TREC run, which
// ../shared/eval/score.py scores.
//
//     zcat ../shared/eval/corpus/occupations-nl.tsv.gz > corpus.tsv
//     swift run -c release RankingEvaluation ../shared/eval/occupation-nl corpus.tsv nl > run

let arguments = CommandLine.arguments
guard arguments.count == 4, let language = LanguageTag(arguments[3]) else {
    FileHandle.standardError.write(Data("usage: RankingEvaluation SET CORPUS nl|en > RUN\n".utf8))
    exit(64)
}

func rows(_ file: String) throws -> [[String]] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").dropFirst()
        .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
}

var concepts: [String: Int] = [:]
var labels: [(concept: Int, text: String)] = []
var ids: [String] = []
let corpus = try rows(arguments[2])
for row in corpus {
    let number = concepts[row[1], default: concepts.count]
    concepts[row[1]] = number
    labels.append((number, row.dropFirst(2).joined(separator: " ")))
    ids.append(row[0])
}
let ranker = ConceptRanker(labels: labels, language: language)
var run = ""
for query in try rows(arguments[1] + "/queries.tsv") {
    for (place, ranked) in ranker.rank(query[1], limit: 50).enumerated() {
        run += "\(query[0]) Q0 \(ids[ranked.label]) \(place + 1) \(ranked.score) skills\n"
    }
}
FileHandle.standardOutput.write(Data(run.utf8))
