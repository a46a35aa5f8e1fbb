"""Harvests a repository with a client that others use, and holds what it got against the API.

harvest.py ADDRESS    the address of the service, without a slash at its end
"""

import json
import sys
import urllib.request

from sickle import Sickle
from sickle.oaiexceptions import BadArgument, CannotDisseminateFormat, NoRecordsMatch

service = sys.argv[1]
client = Sickle(service + "/oai")


def api(path):
    with urllib.request.urlopen(service + path) as answer:
        return json.load(answer)


def expect(holds, what):
    if not holds:
        sys.exit(f"harvest: {what}")


identity = client.Identify()
expect(identity.protocolVersion == "2.0", "the version of the protocol")
expect(identity.deletedRecord == "persistent", "deletions are for ever")

total = api("/v1/courses?limit=1&all=true")["totalCourses"]
prefixes = [form.metadataPrefix for form in client.ListMetadataFormats()]
expect(set(prefixes) >= {"oai_dc", "xcri-cap", "loq", "edudex"}, f"formats: {prefixes}")
for prefix in prefixes:
    records = list(client.ListRecords(metadataPrefix=prefix))
    expect(len(records) == total, f"{prefix}: {len(records)} records of {total}")
    expect(len({r.header.identifier for r in records}) == total, f"{prefix}: identifiers")

first = next(iter(client.ListIdentifiers(metadataPrefix="oai_dc")))
record = client.GetRecord(identifier=first.identifier, metadataPrefix="oai_dc")
expect(record.header.datestamp == first.datestamp, "the datestamp of a record")

sets = [entry.setSpec for entry in client.ListSets()]
partners = [spec for spec in sets if spec.startswith("partner:")]
held = set()
for spec in partners:
    try:
        headers = list(client.ListIdentifiers(metadataPrefix="oai_dc", set=spec))
    except NoRecordsMatch:
        continue
    expect(all(spec in header.setSpecs for header in headers), f"the records of {spec}")
    held |= {header.identifier for header in headers}
expect(len(held) == total, f"the partners have {len(held)} records of {total}")

for error, arguments in [
    (NoRecordsMatch, {"metadataPrefix": "oai_dc", "until": "1999-01-01"}),
    (CannotDisseminateFormat, {"metadataPrefix": "marc21"}),
    (BadArgument, {"metadataPrefix": "oai_dc", "from": "yesterday"}),
]:
    try:
        list(client.ListRecords(**arguments))
    except error:
        continue
    sys.exit(f"harvest: {arguments} is not refused as {error.__name__}")

print(f"harvest: {total} courses in {len(prefixes)} formats, {len(sets)} sets")
