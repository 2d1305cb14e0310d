"""Check this archive: python3 verify.py [ARCHIVE.zip]. Needs nothing but Python.

Without a file it checks the folder that it lies in. The exit status is 0 only if every
file is as it was taken out and every publication is the one that the log's chain holds.
"""

from __future__ import annotations

import json
import sys
import zipfile
from hashlib import sha256
from pathlib import Path


def check(root: Path | zipfile.Path) -> list[str]:
    def digest(name: str) -> str:
        file = root / name
        return sha256(file.read_bytes()).hexdigest() if file.exists() else "missing"

    seal = (root / "manifest.sha256").read_text().split()
    if seal != [digest("manifest.json"), "manifest.json"]:
        return ["manifest.json is changed"]
    manifest = json.loads((root / "manifest.json").read_text("utf-8"))
    files = manifest["files"].items()
    faults = [f"{n} is changed" for n, facts in files if digest(n) != facts["sha256"]]
    said = ((n, n.split("/")[-2]) for n, _facts in files if "/files/" in n)
    faults += [f"{n} is not what its name says" for n, sha in said if digest(n) != sha]
    if faults:
        return faults
    chain = json.loads((root / "chain.json").read_text("utf-8"))
    links = {link["id"]: link for link in chain}
    for link in chain:
        before = links.get(link["follows"])
        if before and before["row_hash"] != link["previous_hash"]:
            faults.append(f"{link['id']} does not follow {before['id']}")
    for each in manifest["publications"]:
        row = json.loads((root / each["row"]).read_text("utf-8"))
        proof = (digest(each["row"]), row["previous_hash"], digest(each["document"]))
        link = links[each["id"]]
        if proof != (link["row_hash"], link["previous_hash"], row["content_hash"]):
            faults.append(f"{each['id']} is not what the chain holds")
    return faults


if __name__ == "__main__":
    zipped = sys.argv[1:2]
    found = check(zipfile.Path(zipped[0]) if zipped else Path(__file__).parent)
    sys.stdout.write("\n".join(found or ["Everything is as it was taken out."]) + "\n")
    sys.exit(bool(found))
