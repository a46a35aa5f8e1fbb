import CourseModel
import Matching
import Partnership
import Places

/// The shapes of what the API gives and takes, as JSON schemas.
enum Schemas {
    /// A reference to one of them.
    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    /// All of them, by name.
    static let all: [String: JSONValue] = [
        "Problem": object(
            [
                "type": ["type": "string", "format": "uri"], "title": text, "status": integer,
                "detail": text, "requestId": text,
                "errors": list(object(["parameter": text, "detail": text])),
            ], optional: ["errors"]),
        "Row": object(row, optional: ["highlights", "explanation"]),
        "Rows": object([
            "total": integer, "totalCourses": integer, "results": list(reference("Row")),
            "generation": integer, "next": nullable("string"),
        ]),
        "Search": object([
            "total": integer, "totalCourses": integer, "results": list(reference("Row")),
            "generation": integer, "next": nullable("string"),
            "query": object([
                "words": list(word), "excluded": list(word), "ignored": list(text),
                "suggestion": nullable("string"), "someWordsSuffice": flag,
                "near": nullable("string"), "placeInWords": nullable("string"),
                "placeLeftAsWord": nullable("string"),
                "within": nullable("string"), "widenedFrom": nullable("string"),
                "region": nullable("string"),
                "concepts": ["type": "object", "additionalProperties": text],
            ]),
            "facets": facets, "needingNoTravel": integer,
            "relaxations": list(object(["without": text, "total": integer])),
            "wider": [
                "type": ["object", "null"], "properties": ["within": text, "total": integer],
                "required": ["within", "total"],
            ],
        ]),
        "Facets": object(["total": integer, "totalCourses": integer, "facets": facets]),
        "Course": object([
            "course": anything, "offerings": list(anything), "state": text,
            "provider": optionalObject, "firstSeen": nullable("string"),
            "lastSeen": nullable("string"),
            "history": list(
                object([
                    "generation": integer, "at": text, "change": text,
                    "offering": nullable("string"),
                ])), "goneOfferings": list(anything),
            "diagnostics": list(
                object([
                    "severity": text, "code": text, "file": text, "line": nullable("integer"),
                    "column": nullable("integer"), "record": nullable("string"),
                    "field": nullable("string"), "message": text,
                ])),
            "notHeld": [
                "type": ["array", "null"], "items": object(["path": text, "text": text]),
            ], "owners": list(text), "origins": list(reference("Origin")),
        ]),
        "Origin": object([
            "offering": nullable("string"), "field": text, "value": text, "kind": text,
            "source": text, "partner": nullable("string"), "since": nullable("string"),
            "run": nullable("integer"), "format": text, "file": text,
            "line": nullable("integer"), "transformations": list(text),
            "confidence": nullable("number"),
            "correction": [
                "type": ["object", "null"],
                "properties": [
                    "author": nullable("string"), "partner": text, "reason": text, "date": text,
                    "until": nullable("string"), "approvedBy": list(text), "feedSays": list(text),
                ],
                "required": [
                    "author", "partner", "reason", "date", "until", "approvedBy", "feedSays",
                ],
            ],
        ]),
        "JointModules": object([
            "modules": list(
                object([
                    "module": text, "title": text, "file": text, "line": nullable("integer"),
                    "owners": list(text), "parts": list(text), "isOffered": flag,
                    "offerings": integer,
                    "faults": list(
                        object([
                            "severity": text, "code": text, "file": text,
                            "line": nullable("integer"), "column": nullable("integer"),
                            "record": nullable("string"), "field": nullable("string"),
                            "message": text,
                        ])),
                ]))
        ]),
        "Preparation": object([
            "relation": [
                "type": ["string", "null"], "enum": ["prepared-by", "prepares-for", .null],
            ],
            "courses": list(
                object([
                    "course": text, "offering": text, "title": text, "provider": text,
                    "kind": text, "start": nullable("string"), "place": nullable("string"),
                    "travelMinutes": nullable("integer"), "skills": list(text), "share": number,
                ])),
        ]),
        "ReportDraft": [
            "type": "object", "additionalProperties": false,
            "required": ["course", "fault"],
            "properties": [
                "course": ["type": "string", "minLength": 1, "maxLength": 1_000],
                "fault": [
                    "type": "string",
                    "enum": .array(ListingReport.Fault.allCases.map { .string($0.rawValue) }),
                ],
                "text": [
                    "type": ["string", "null"], "maxLength": .integer(ListingReport.longestText),
                    "default": "",
                ],
            ],
        ],
        "Report": object([
            "reference": text, "course": text, "title": text, "fault": text, "status": text,
            "outcome": nullable("string"), "answer": nullable("string"), "received": text,
            "decided": nullable("string"), "keptUntil": text,
        ]),
        "Offering": object([
            "course": anything, "offering": anything, "state": text, "provider": optionalObject,
        ]),
        "Costs": object([
            "priced": integer,
            "groups": list(
                object([
                    "kind": text, "courses": integer, "priced": integer, "free": integer,
                    "medianPrice": nullable("string"), "medianPerHour": nullable("string"),
                ])),
            "courses": list(
                object([
                    "course": text, "offering": text, "title": text, "provider": text,
                    "kind": text, "level": nullable("integer"), "price": text,
                    "excludesVAT": flag, "hours": nullable("number"),
                    "hoursBasis": nullable("string"), "perHour": nullable("string"),
                    "net": optional(
                        object([
                            "scheme": text, "name": text, "price": text, "source": text,
                            "checked": text,
                        ])),
                    "equivalent": optional(
                        object([
                            "course": text, "title": text, "provider": text, "price": text,
                            "saving": text, "shareOfSkills": number,
                            "travelMinutes": nullable("integer"),
                        ])),
                ])),
        ]),
        "Providers": object([
            "total": integer, "generation": integer, "next": nullable("string"),
            "results": list(object(["id": text, "name": text, "url": nullable("string")])),
        ]),
        "Provider": object(["provider": anything, "state": text, "courses": text]),
        "Region": object(["id": text, "kind": text, "code": text, "name": text, "label": text]),
        "Regions": object(["results": list(reference("Region"))]),
        "Suggestions": object([
            "places": list(object(["label": text, "lat": number, "lon": number])),
            "regions": list(reference("Region")), "occupations": list(concept),
            "skills": list(concept),
            "courses": list(object(["course": text, "title": text, "provider": text])),
            "spelling": nullable("string"),
        ]),
        "Comparison": object(["results": list(reference("Row")), "differences": list(text)]),
        "Changes": object([
            "since": integer, "generation": integer, "next": nullable("string"),
            "changes": list(
                object([
                    "course": text, "change": text, "generation": integer,
                    "gone": list(object(["offering": text, "change": text])),
                ])),
        ]),
        "Match": object([
            "total": integer, "totalCourses": integer,
            "query": object([
                "wantedOccupation": ["oneOf": [understood, ["type": "null"]]],
                "skillsHad": list(understood), "skillsWanted": list(understood),
                "gap": list(text), "notUnderstood": list(notUnderstood),
            ]), "results": list(object(row.merging(match) { $1 }, optional: ["highlights"])),
            "nearMisses": list(
                object(
                    row.merging(match) { $1 }.merging(["blockedBy": text, "by": text]) { $1 },
                    optional: ["highlights"])),
        ]),
        "Path": object([
            "gap": list(text), "notUnderstood": list(notUnderstood), "paths": list(path),
            "leftOut": integer, "eligible": integer,
            "considered": integer, "withoutStart": integer,
            "open": list(
                object([
                    "skill": text, "why": text, "limit": nullable("string"), "offerings": integer,
                ])),
            "relaxations": list(object(["limit": text, "by": text, "closes": list(text)])),
        ]),
        "Profile": profile,
        "Coverage": coverage, "Gaps": gaps,
    ]

    /// A learner's profile, with the fields that are read (`Profile.read`).
    private static let profile: JSONValue = closed([
        "name": text, "audience": choice(Audience.self), "employment": choice(Employment.self),
        "language": text, "occupation": closed(["current": text, "wanted": text]),
        "skills": closed(["has": texts, "wants": texts]),
        "level": closed(["has": level, "wants": level]), "home": place, "work": place,
        "future-work": place,
        "time": closed([
            "hours-per-week": ["type": "number", "minimum": 0.5, "maximum": 168],
            "start-after": text, "start-before": text, "deadline": text, "free": texts,
        ]),
        "needs": closed([
            "accessibility": list(choice(Accessibility.self)), "childcare": texts,
        ]), "money": closed(["budget": ["type": ["string", "integer"]], "funding": texts]),
        "preferences": closed([
            "modes": list(choice(DeliveryMode.self)), "languages": texts,
            "kinds": list(choice(CourseKind.self)), "must": list(choice(Profile.Must.self)),
        ]),
        "team": closed([
            "size": ["type": "integer", "minimum": 1, "maximum": 10_000],
            "member": list(
                closed(["name": text, "occupation": text, "has": texts, "wants": texts])),
        ]),
    ])

    private static let texts = list(text)
    private static let level: JSONValue = ["type": ["string", "integer"]]
    private static let place: JSONValue = [
        "type": "object", "additionalProperties": false, "required": ["place"],
        "properties": ["place": text, "within": text, "by": choice(TravelMode.self)],
    ]

    /// An object with these members, each of which may be left out, and no others.
    private static func closed(_ members: [String: JSONValue]) -> JSONValue {
        ["type": "object", "properties": .object(members), "additionalProperties": false]
    }

    private static func choice<Choice: CaseIterable & RawRepresentable>(
        _: Choice.Type
    ) -> JSONValue where Choice.RawValue == String {
        ["type": "string", "enum": .array(Choice.allCases.map { .string($0.rawValue) })]
    }

    // MARK: Pieces

    private static let text: JSONValue = ["type": "string"]
    private static let integer: JSONValue = ["type": "integer"]
    private static let number: JSONValue = ["type": "number"]
    private static let flag: JSONValue = ["type": "boolean"]
    private static let anything: JSONValue = ["type": "object"]
    private static let optionalObject: JSONValue = ["type": ["object", "null"]]

    private static func nullable(_ type: String) -> JSONValue {
        ["type": [.string(type), "null"]]
    }

    private static func optional(_ type: JSONValue) -> JSONValue {
        ["anyOf": [type, ["type": "null"]]]
    }

    private static func list(_ items: JSONValue) -> JSONValue {
        ["type": "array", "items": items]
    }

    private static func object(
        _ members: [String: JSONValue], optional: Set<String> = []
    ) -> JSONValue {
        [
            "type": "object", "properties": .object(members),
            "required": .array(
                members.keys.filter { !optional.contains($0) }.sorted().map { .string($0) }),
        ]
    }

    private static let row: [String: JSONValue] = [
        "course": text, "offering": text, "title": text, "provider": text, "kind": text,
        "level": nullable("integer"), "start": nullable("string"), "startsContinuously": flag,
        "end": nullable("string"), "modes": list(text), "place": text, "lat": nullable("number"),
        "lon": nullable("number"), "distanceKm": nullable("number"),
        "travelMinutes": nullable("integer"), "travelSource": nullable("string"),
        "highlights": object(
            ["title": list(marked), "description": list(marked)], optional: ["description"]),
        "price": [
            "type": ["object", "null"],
            "properties": [
                "amount": text, "currency": text, "includesVAT": nullable("boolean"),
            ], "required": ["amount", "currency", "includesVAT"],
        ], "status": text, "url": nullable("string"), "score": number,
    ]

    /// A piece of a text, and whether it is what was looked for.
    private static let marked = object(["text": text, "mark": flag])

    private static let word = object([
        "text": text, "reading": text, "terms": list(text), "synonyms": list(text),
        "optional": flag,
    ])

    private static let facets: JSONValue = [
        "type": "object",
        "additionalProperties": list(
            object(["value": text, "label": text, "count": integer, "selected": flag])),
    ]

    private static let concept = object(["id": text, "label": text, "confidence": number])

    private static let understood = object([
        "text": text, "id": nullable("string"), "label": nullable("string"),
        "confidence": nullable("number"),
    ])

    private static let notUnderstood = object([
        "kind": text, "text": text, "suggestions": list(concept),
    ])

    private static let funding = object([
        "scheme": text, "name": nullable("string"), "applies": flag, "pays": nullable("string"),
        "source": nullable("string"), "checked": nullable("string"), "why": list(text),
    ])

    private static let match: [String: JSONValue] = [
        "parts": object([
            "skills": number, "travel": number, "level": number, "time": number, "cost": number,
            "preferences": number,
        ]), "covers": list(text),
        "net": [
            "type": ["object", "null"],
            "properties": [
                "amount": text, "currency": text, "scheme": text, "name": text, "source": text,
                "checked": text,
            ],
        ], "funding": list(funding),
        "needs": list(object(["need": text, "met": nullable("boolean")])), "reasons": list(text),
    ]

    /// Means over the postcodes of a region, by level, price or field; what is not there is 0.
    private static let means: JSONValue = ["type": "object", "additionalProperties": number]

    private static let trend = list(object(["generation": integer, "day": text, "value": number]))

    private static let coverage = object([
        "generation": integer, "day": text, "minutes": number,
        "fields": list(object(["code": text, "name": text])),
        "withoutTravel": [
            "type": "object",
            "additionalProperties": object([
                "total": integer, "levels": means, "prices": means, "fields": means,
            ]),
        ],
        "regions": list(
            object(
                [
                    "kind": text, "code": text, "name": text, "postcodes": integer,
                    "audiences": list(
                        object([
                            "audience": text, "offerings": integer,
                            "reached": [
                                "type": "object",
                                "additionalProperties": object([
                                    "mean": number, "least": integer, "most": integer,
                                    "postcodesWithout": integer, "levels": means,
                                    "prices": means, "fields": means,
                                ]),
                            ],
                        ])),
                    "trend": list(
                        object([
                            "generation": integer, "day": text, "offerings": integer,
                            "mean": means,
                        ])),
                ], optional: ["trend"])),
        "targets": list(
            object([
                "name": text, "region": nullable("string"), "offerings": integer,
                "wantedShare": number, "until": nullable("string"), "share": number,
                "mean": number, "least": integer, "postcodes": integer, "isMet": flag,
                "trend": trend,
            ])),
    ])

    private static let named = object(["id": text, "label": text])

    private static let gaps = object([
        "generation": integer, "day": text, "leastGroup": integer,
        "suppressedProfiles": nullable("integer"),
        "regions": list(
            object([
                "kind": text, "code": text, "name": text,
                "occupations": object([
                    "total": integer, "complete": integer, "incomplete": integer,
                    "without": integer,
                    "nearest": list(
                        object([
                            "id": text, "label": text, "needed": integer, "taught": integer,
                            "missing": list(named),
                        ])),
                ]),
            ])),
    ])

    private static let amount: [String: JSONValue] = ["amount": text, "currency": text]

    private static let path = object([
        "goals": list(text), "closes": list(text), "open": list(text), "share": number,
        "cost": object(amount), "unknownPrices": integer, "finish": text,
        "travelMinutes": integer,
        "proofs": [
            "type": "object",
            "additionalProperties": object(["proven": flag, "bound": nullable("string")]),
        ],
        "steps": list(
            object(
                row.merging([
                    "from": text, "to": text, "startIsChosen": flag, "endIsKnown": flag,
                    "hoursPerWeek": nullable("number"),
                    "net": [
                        "type": ["object", "null"], "properties": .object(amount),
                        "required": ["amount", "currency"],
                    ], "closes": list(text), "reasons": list(text),
                ]) { $1 }, optional: ["highlights"])),
    ])
}
