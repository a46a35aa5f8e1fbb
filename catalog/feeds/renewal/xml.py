"""A tree of elements as text, two spaces a level."""

from xml.sax.saxutils import escape, quoteattr

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<!-- {} -->\n'
NOTE = "Fictitious sample data, written by catalog/feeds/renew.py. No such organisation exists."


class Element:
    """An element with children or text; children that are None are left out."""

    def __init__(self, name, /, *children, **attributes):
        self.name, self.attributes = name, attributes
        self.children = [child for child in children if child is not None]

    def lines(self, indent=0):
        pad = "  " * indent
        attributes = "".join(
            f" {_name(k)}={quoteattr(str(v))}" for k, v in self.attributes.items() if v is not None
        )
        if not self.children:
            yield f"{pad}<{self.name}{attributes}/>"
        elif any(isinstance(child, (str, Raw)) for child in self.children):
            inner = "".join(c.text if isinstance(c, Raw) else escape(c) for c in self.children)
            yield f"{pad}<{self.name}{attributes}>{inner}</{self.name}>"
        else:
            yield f"{pad}<{self.name}{attributes}>"
            for child in self.children:
                yield from child.lines(indent + 1)
            yield f"{pad}</{self.name}>"


class Raw:
    """Text that is already XML."""

    def __init__(self, text):
        self.text = text


def _name(key):
    return {"lang": "xml:lang"}.get(key, key.replace("__", ":"))


def document(root):
    return (HEAD.format(NOTE) + "\n".join(root.lines()) + "\n").encode("utf-8")


def nl(name, text):
    return Element(name, text, lang="nl")


def english(name, text):
    return Element(name, text, lang="en") if text else None
