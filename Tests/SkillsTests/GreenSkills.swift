import Skills

/// First aid, what it is given for, and animals.
let qualifiedSkills: SkillsCatalogue = {
    let skills = """
        id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader
        s:hulp\tskill\teerste hulp verlenen\tgiving first aid\teerste hulp\tfirst aid\ts:veilig
        s:veilig\tskill\tveilig werken\tworking safely\t\t\t
        s:wond\tskill\tbrandwonden verbinden\tdressing burns\t\t\ts:veilig
        s:dier\tskill\tdieren verzorgen\tlooking after animals\t\t\t

        """
    let occupations = "id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\tbroader\n"
    do {
        return try SkillsCatalogue(
            skills: Array(skills.utf8), occupations: Array(occupations.utf8),
            needs: Array("occupation\tskill\timportance\n".utf8))
    } catch {
        fatalError("\(error)")
    }
}()

/// A small set of skills of the green sector, made for the tests.
let greenSkills: SkillsCatalogue = {
    let skills = """
        id\ttype\tlabel_nl\tlabel_en\talt_nl\talt_en\tbroader
        g:groen\tskill\tgroenvoorzieningen onderhouden\tmaintain green spaces\tgroenonderhoud\t\t
        s:snoei\tskill\tbomen snoeien\tprune trees\tsnoeien van bomen|boomsnoei\ttree pruning\tg:groen
        s:heg\tskill\thagen snoeien\ttrim hedges\theggen knippen\t\tg:groen
        s:ziekte\tskill\tplantenziekten bestrijden\tcontrol plant diseases\t\t\tg:groen
        k:bodem\tknowledge\tbodemkunde\tsoil science\tbodemleer\t\t
        k:sql\tknowledge\tSQL\tSQL\t\t\t
        s:dak\tskill\tgroene daken aanleggen\tinstall green roofs\tdakbegroening aanbrengen\t\tg:groen
        s:klant\tskill\tmet klanten communiceren\tcommunicate with customers\t\t\t

        """
    let occupations = """
        id\tlabel_nl\tlabel_en\talt_nl\talt_en\tisco08\tbroader
        o:hovenier\thovenier\tlandscape gardener\ttuinier|tuinman\tgardener\t6113\t
        o:boom\tboomverzorger\ttree surgeon\tboomchirurg\tarborist\t6210\t

        """
    let needs = """
        occupation\tskill\timportance
        o:hovenier\ts:heg\tessential
        o:hovenier\tg:groen\tessential
        o:hovenier\ts:dak\toptional
        o:boom\ts:snoei\tessential
        o:boom\tk:bodem\toptional

        """
    do {
        return try SkillsCatalogue(
            skills: Array(skills.utf8), occupations: Array(occupations.utf8),
            needs: Array(needs.utf8))
    } catch {
        fatalError("\(error)")
    }
}()
