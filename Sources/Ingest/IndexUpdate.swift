import CourseModel
import Places
import SearchIndex
import Skills
import Storage

/// Makes the index of a generation out of the store: places its venues, finds its skills.
struct IndexUpdate {
    let gazetteer: Gazetteer
    let skills: SkillsCatalogue
    let configuration: CatalogConfiguration

    /// Builds and publishes the index of the snapshot's generation, unless it is there.
    ///
    /// - Returns: The generation.
    func run(
        _ snapshot: any CatalogueSnapshot, into library: IndexLibrary, onProgress: (Int) -> Void
    ) throws -> Generation {
        let generation = snapshot.generation
        var providers: [ID<Provider>: Provider] = [:]
        try snapshot.forEachProvider(states: Set(RecordState.allCases)) { stored in
            providers[stored.provider.id] = stored.provider
        }
        var builder = try IndexBuilder(
            folder: library.path(of: generation), generation: generation.number)
        var count = 0
        try snapshot.forEachRecord { stored in
            try builder.add(
                document(stored.record, provider: providers[stored.record.course.provider]))
            count += 1
            if count % 500 == 0 { onProgress(count) }
        }
        _ = try builder.finish()
        try library.publish(generation)
        return generation
    }

    /// A course with everything that is found out about it.
    func document(_ record: CourseRecord, provider: Provider?) -> IndexDocument {
        let found = skills.skills(of: record.course)
        var weighted: [WeightedSkill] = []
        for tag in found.declared {
            weighted.append(
                WeightedSkill(
                    id: skills.skillID(tag.skill).value,
                    label: skills.skillLabel(tag.skill, in: .dutch), weight: 1, isDeclared: true))
        }
        for declared in found.unknown {
            // A skill of a scheme that is not imported still finds profiles that name its id.
            guard let id = declared.id else { continue }
            weighted.append(
                WeightedSkill(
                    id: id, label: declared.label.text() ?? "", weight: 1, isDeclared: true))
        }
        for tag in found.inferred {
            weighted.append(
                WeightedSkill(
                    id: skills.skillID(tag.skill).value,
                    label: skills.skillLabel(tag.skill, in: .dutch), weight: tag.confidence,
                    isDeclared: false))
        }
        return IndexDocument(
            record: record,
            providerName: name(of: provider, source: record.course.provenance.source),
            partner: configuration.partner(of: record.course.provenance.source)?.id,
            venues: record.offerings.map { venues(of: $0, provider: provider) },
            skills: weighted)
    }

    /// The provider's name for display.
    ///
    /// Some feeds give no more than the provider's id; the partner who owns the source has said its
    /// name in `catalog.toml`.
    private func name(of provider: Provider?, source: ID<Source>) -> String {
        let stated = provider?.name.text(in: configuration.languages)
        if let stated, stated != provider?.nativeID { return stated }
        return configuration.partner(of: source)?.name ?? stated ?? ""
    }

    /// Where an offering is given; an offering that says nothing, and is not online or at the
    /// workplace, is given at its provider's address (XCRI-CAP 1.2, 3.16).
    private func venues(
        of offering: Offering, provider: Provider?
    ) -> [SearchIndex.PlacedVenue] {
        if offering.places.isEmpty {
            guard offering.modes.isDisjoint(with: [.online, .distance, .workplace]),
                let location = provider?.location
            else { return [] }
            return [indexed(gazetteer.place(location))]
        }
        return offering.places.compactMap { place in
            guard case .venue(let venue) = place else { return nil }
            return indexed(gazetteer.place(venue))
        }
    }

    private func indexed(_ venue: Places.PlacedVenue) -> SearchIndex.PlacedVenue {
        SearchIndex.PlacedVenue(
            coordinates: venue.coordinates, label: venue.town ?? "",
            regions: RegionKind.allCases.compactMap { kind in
                guard let areas = venue.areas else { return nil }
                let region = gazetteer[areas[kind]]
                return SearchIndex.Region(
                    kind: SearchIndex.Region.Kind(kind), code: region.code, name: region.name)
            })
    }
}
