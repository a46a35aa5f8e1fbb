import Answers
import HTTPTypes
import Hummingbird

/// What went wrong, for people: the answer to a request for a page that cannot be given.
enum ProblemPage {
    private static let operation = Operation(
        .get, "/problem", id: "problem-page", "Tells what went wrong.",
        answer: .init("The page.", as: [.html]), caching: .never, needsCatalogue: false,
        isDocumented: false
    ) { _ in Response(status: .notFound) }

    /// The page, when it was a page that was asked for; `nil` for everything else, which is told
    /// to programs.
    static func response(
        to request: Request, _ problem: Problem, service: RunningService, requestID: String
    ) -> Response? {
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        let first = path.split(separator: "/").first.map(String.init)
        guard let language = first.flatMap(AnswerLanguage.init),
            let parameters = try? ParameterValues(
                query: "", path: [:], allowed: ParameterTable([]), reading: .lenient)
        else { return nil }
        let call = Call(
            request: request, operation: operation, parameters: parameters, language: language,
            type: .html, body: [], today: service.today, position: nil, service: service,
            opened: service.catalogue?.current)
        let words = words(problem.kind, language)
        let faults = FaultWording(
            language: language, gazetteer: service.catalogue?.current?.gazetteer)
        let isOwnFault = problem.kind.status.kind == .clientError
        let page = try? PageFrame(call: call, language: language, address: .search).respond(
            "problem", title: words.heading, description: words.text, isPrivate: true,
            status: problem.kind.status,
            [
                "code": "\(problem.kind.status.code)", "heading": words.heading,
                "text": words.text, "requestID": requestID, "menu": [Fields](),
                "otherURL": PageAddress.search.path(in: language == .nl ? .en : .nl),
                "hasFaults": isOwnFault && !problem.faults.isEmpty,
                "faults": problem.faults.map {
                    faults.text($0.parameter, value(of: $0.parameter, in: request))
                },
            ])
        guard var page else { return nil }
        for field in problem.headers { page.headers[field.name] = field.value }
        page.headers[.cacheControl] = "no-store"
        return page
    }

    /// What stood in the address for a parameter.
    private static func value(of parameter: String, in request: Request) -> String? {
        let query = (request.head.path ?? "").drop { $0 != "?" }.dropFirst()
        let pair = query.split(separator: "&").first { $0.hasPrefix(parameter + "=") }
        return pair.flatMap {
            PercentEncoding.decode($0.dropFirst(parameter.count + 1), plusIsSpace: true)
        }
    }

    private static func words(
        _ kind: ProblemKind, _ language: AnswerLanguage
    ) -> (heading: String, text: String) {
        switch kind {
        case .notFound, .gone, .methodNotAllowed:
            (
                language(nl: "Deze bladzijde is er niet", en: "This page is not here"),
                language(
                    nl: "Misschien klopt het adres niet, of is de cursus verlopen. Zoek hem op.",
                    en: "Perhaps the address is wrong, or the course has expired. Try a search.")
            )
        case .tooManyRequests, .unavailable:
            (
                language(nl: "Even geduld", en: "One moment please"),
                language(
                    nl:
                        "Het is nu te druk, of de catalogus is nog niet klaar. Probeer het zo nog eens.",
                    en: "It is too busy now, or the catalogue is not ready. Try again in a moment.")
            )
        case .internalError:
            (
                language(nl: "Er ging iets mis bij ons", en: "Something went wrong on our side"),
                language(
                    nl:
                        "Het ligt niet aan jou. Probeer het nog eens. Blijft het misgaan, geef dan het nummer hieronder door.",
                    en: "It is not your fault. Try again. If it goes on, tell us the number below.")
            )
        default:
            (
                language(nl: "Dit begrijpen we niet", en: "We do not understand this"),
                language(
                    nl: "Er klopt iets niet aan deze vraag. Begin opnieuw vanaf het zoekscherm.",
                    en: "Something is wrong with this request. Start again from the search page.")
            )
        }
    }
}
