import CourseModel
import XMLStream

/// The shape of a `<program>`: which elements, in which order, how often, with which codes.
///
/// The mapping reads a programme in any shape; this table is what the owner of a feed is told about
/// it. It follows the official JSON schema; the order is the one of our notes on the standard.
struct EDUDEXStructure: Sendable {
    /// One element of a group.
    struct Member: Sendable {
        var name: String
        var isRequired: Bool
        var isRepeatable: Bool
        /// What the element holds.
        var content: Content
    }

    /// What an element holds.
    enum Content: Hashable, Sendable {
        /// A value that the mapping reads.
        case value
        /// Anything.
        case free
        /// A text in a language, at most so many characters.
        case text(limit: Int?)
        /// One of the codes of a list.
        case code(list: String)
        /// A group of elements.
        case group(String)
    }

    /// The groups by name.
    let groups: [String: [Member]]

    /// The programme of EDU-DEX program.xsd 1.8, as far as it is known.
    ///
    /// `?` none or one, `*` any number, `+` one or more; `:loc200` a text in a language of at most
    /// 200 characters, `:=list` a code, `:@Group` a group.
    static let program = EDUDEXStructure(
        table: """
            Program = clientId? editor expires? format generator inPublication? includeInCatalog*
                includeInExternalCatalog*:@ExternalCatalog lastEdited programBasicProfile?:@BasicProfile
                programAdmission:@Admission programClassification:@Classification
                programCompetences?:@Competences programContacts:@Contacts programCurriculum:@Curriculum
                programDescriptions:@Descriptions programExternalAcknowledgements?:@Acknowledgements
                programFree?:free programSchedule:@Schedule
            ExternalCatalog = catalogName clientId
            BasicProfile = examination? location? mainExternalAcknowledgement? offer? product? schedule?
            Admission = applicationOpen applicationType LeerRijkOpenFor* maxNumberOfParticipants?
                minNumberOfParticipants? paymentDue requiredLevel*:=levels
                startDateDetermination:=startDeterminations studyChoiceCheck?
            Classification = applicationRequirement*:@Requirement creboCode? credits* crohoCode?
                degree:=degrees fullyOnline? offeredSince? offeredUntil? orgUnitId priceCategory?
                programDuration programForm+:=programForms programId programLevel:=levels
                programLocation+ programType:=programTypes programUUID? salaryScaleBBRA* superProgramId?
                superProgramUUID? targetFunctionRijksoverheid* targetProfession*:=professions
                targetSector*:=sectors targetSectorSBI? theme*:=themes themeRijksoverheidLevel1?
            Competences = competenceRijksoverheid*:=governmentCompetences eCFDevelopment*:@ECF
            Contacts = contactData*:@ContactData
            Curriculum = instructionLanguage*:@InstructionLanguage instructionMode*:=instructionModes
                studyLoad* teacher*:@Teacher
            Descriptions = courseSiteLink*:loc media*:@Media programDescriptionHtml*:loc
                programDescriptionText+:loc1200 programName+:loc200 programSummaryHtml*:loc1200
                programSummaryText+:loc200 searchword*:loc200 subjectText*:@SubjectText webLink*:loc
            Acknowledgements = accreditation*:@Accreditation creboRegistration*:@Crebo
                crohoRegistration*:@Croho industryExamOrCertificate*:@IndustryExam
                industryRegistration*:@IndustryRegistration nlqfRegistration*:@NLQF rioRegistration?
            Schedule = genericProgramRun?:@GenericRun programRun*:@Run
            Requirement = requirementDescription*:loc requirementSummary*:loc200 requirementType
                webLink*:loc
            ECF = eCompetence:=eCompetences proficiencyLevel
            ContactData = contactName email? role subject*:=subjects telephone? webLink*:loc
            InstructionLanguage = languageCode percentage
            Teacher = id name summary*:loc1200
            Media = lang? metadata?:free title*:loc200 type url
            SubjectText = descriptionHtml*:loc descriptionText*:loc header1*:loc200 subject:=subjects
                summaryHtml*:loc summaryText*:loc500 webLink*:loc
            Accreditation = certificate? certificateCode? certificateOther? organization trainingPoints?
                validFrom? validUpto?
            Crebo = accessible? admissionRequirements? continuousLearningLine? creboCode
                creboName*:loc200 learningPath?:=learningPaths
            Croho = crohoCode crohoName*:loc200 enrollmentWithDeficiency? fastTrack? propaedeuticPhase?
                workRequirements?
            IndustryExam = examCode examOffer organization:@Organization
            IndustryRegistration = credits? organization:@Organization registerCode?
            NLQF = eqfLevel nlqfLevel nlqfRegisterCode
            GenericRun = contactHoursPartOfDay* cost*:@Cost courseDay*:@GenericCourseDay
                genericModule*:@GenericModule location?:@Location numberOfContactSessions?
                genericProgramRunFree?:free
            Run = applicationDeadline? contactHoursPartOfDay* cost*:@Cost courseDay*:@CourseDay endDate
                fullyOnline? id location?:@Location maxNumberOfParticipants? minNumberOfParticipants?
                module*:@Module numberOfContactSessions? openTo? programForm?:=programForms startDate
                status:=runStates programRunFree?:free
            Organization = KvK? name*:loc200 orgUnitId
            Cost = amount amountIsFinal amountValidFrom? amountValidUntil? amountVAT?
                costBreakdownAvailable? costType:=costTypes currency descriptionHtml*:loc
                descriptionText*:loc id? isRequiredCost payableBy? period? summaryHtml*:loc
                summaryText*:loc500 VATCode? VATCountry? VATExemptAmount? VATExemptAmountVAT?
                VATPercentage?
            GenericCourseDay = cost*:@Cost dayNumber? dayOfTheWeek? endTime? id location?:@Location
                name*:loc200 startTime? weekNumber?
            GenericModule = cost*:@Cost course*:@Course courseDay*:@GenericCourseDay dayNumber?
                dayOfTheWeek? duration? endTime? location?:@Location name+:loc200 startTime?
                summaryText*:loc200 weekNumber?
            Location = address? city? country? geoCode? id? locationName*:loc200 zipcode?
            CourseDay = cost*:@Cost date endTime? id location?:@Location name*:loc200 startTime?
            Module = cost*:@Cost course*:@Course courseDay*:@CourseDay endDate? location?:@Location
                name+:loc200 startDate? summaryText*:loc200
            Course = courseDescription*:loc1200 courseId? courseName*:loc200 courseSummary*:loc200
            """)

    private init(table: String) {
        var groups: [String: [Member]] = [:]
        let words = table.split(whereSeparator: \.isWhitespace)
        var name = ""
        for (index, word) in words.enumerated() where word != "=" {
            if index + 1 < words.count, words[index + 1] == "=" {
                name = String(word)
            } else {
                groups[name, default: []].append(Member(word))
            }
        }
        self.groups = groups
    }
}

extension EDUDEXStructure.Member {
    /// Reads one word of the table.
    fileprivate init(_ word: Substring) {
        let parts = word.split(separator: ":", maxSplits: 1)
        var name = parts[0]
        let mark = name.last ?? " "
        if "?*+".contains(mark) { name = name.dropLast() }
        self.name = String(name)
        isRequired = mark != "?" && mark != "*"
        isRepeatable = mark == "*" || mark == "+"
        guard parts.count == 2 else {
            content = .value
            return
        }
        let kind = parts[1]
        if kind == "free" {
            content = .free
        } else if kind.hasPrefix("loc") {
            content = .text(limit: Int(kind.dropFirst(3)))
        } else if kind.hasPrefix("=") {
            content = .code(list: String(kind.dropFirst()))
        } else {
            content = .group(String(kind.dropFirst()))
        }
    }
}
