internal import CLibXML2

/// The functions that libxml2 calls.
///
/// Each finds its ``ParserState`` behind the user pointer. None throws: they record what is wrong,
/// and Swift throws after the call returns.
nonisolated(unsafe) let parserCallbacks: xmlSAXHandler = {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)

    handler.startElementNs = {
        user, local, prefix, namespace, declared, declarations, count, _, list in
        state(user).pointee.startElement(
            local, prefix, namespace, Int(declared), declarations, Int(count), list)
    }
    handler.endElementNs = { user, _, _, _ in state(user).pointee.endElement() }
    handler.characters = { user, bytes, count in
        guard let bytes else { return }
        state(user).pointee.text(bytes, Int(count))
    }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = { user, bytes, count in
        guard let bytes else { return }
        state(user).pointee.section(bytes, Int(count))
    }
    handler.comment = { user, _ in state(user).pointee.passedMarkup() }
    handler.processingInstruction = { user, _, _ in state(user).pointee.passedMarkup() }

    // The DOCTYPE: libxml2 keeps its own table of entities in an empty document.
    handler.startDocument = { user in xmlSAX2StartDocument(state(user).pointee.parser) }
    handler.internalSubset = { user, name, publicID, systemID in
        let state = state(user)
        xmlSAX2InternalSubset(state.pointee.parser, name, publicID, systemID)
        state.pointee.engine.metDoctype()
    }
    handler.entityDecl = { user, name, type, publicID, systemID, content in
        let state = state(user)
        if type == Int32(XML_EXTERNAL_GENERAL_PARSED_ENTITY.rawValue), let name,
            xmlSAX2GetEntity(state.pointee.parser, name) == nil
        {
            state.pointee.engine.metExternalEntity(String(cString: name))
            return
        }
        xmlSAX2EntityDecl(state.pointee.parser, name, type, publicID, systemID, content)
    }
    handler.unparsedEntityDecl = { user, name, publicID, systemID, notation in
        xmlSAX2UnparsedEntityDecl(state(user).pointee.parser, name, publicID, systemID, notation)
    }
    handler.notationDecl = { user, name, publicID, systemID in
        xmlSAX2NotationDecl(state(user).pointee.parser, name, publicID, systemID)
    }
    handler.getEntity = { user, name in
        guard let name else { return nil }
        let state = state(user)
        if let declared = xmlSAX2GetEntity(state.pointee.parser, name) { return declared }
        return state.pointee.engine.substitute(
            forEntity: String(cString: name),
            inAttribute: state.pointee.parser.pointee.instate == XML_PARSER_ATTRIBUTE_VALUE)
    }
    handler.getParameterEntity = { user, name in
        xmlSAX2GetParameterEntity(state(user).pointee.parser, name)
    }
    handler.reference = { user, name in
        guard let name else { return }
        state(user).pointee.engine.keepReference(String(cString: name))
    }
    handler.serror = { _, error in
        // Not by the user pointer: for remarks on a DTD's validity libxml2 passes another one.
        guard let error, let context = error.pointee.ctxt,
            let user = context.assumingMemoryBound(to: xmlParserCtxt.self).pointee._private
        else { return }
        state(user).pointee.engine.parserReported(error.pointee)
    }
    return handler
}()

@inline(__always)
private func state(_ user: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<ParserState> {
    user.unsafelyUnwrapped.assumingMemoryBound(to: ParserState.self)
}
