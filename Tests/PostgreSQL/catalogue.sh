# Catalogues of one source whose feed grows by a course at a time; to be sourced.

# new_catalogue FOLDER: its places and skills are those of the sample.
new_catalogue() {
    local sample
    sample=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../catalog" && pwd)
    mkdir -p "$1"
    ln -s "$sample/places" "$sample/skills" "$1"
    cat >"$1/catalog.toml" <<'TOML'
[[partner]]
id = "school"
name = "School"
[[partner.source]]
id = "school"
feed = "feed.xml"
TOML
}

# write_feed FOLDER COUNT: courses c1 to cCOUNT.
write_feed() {
    {
        echo '<catalog xmlns="http://xcri.org/profiles/1.2/catalog"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:mlo="http://purl.org/net/mlo"
            generated="2026-11-24T00:00:00Z"><provider><dc:identifier>p</dc:identifier>
            <dc:title>School</dc:title>'
        local number
        for ((number = 1; number <= $2; number++)); do
            echo "<course><dc:identifier>c$number</dc:identifier>
                <dc:title>Cursus $number snoeien</dc:title><presentation>
                <dc:identifier>p$number</dc:identifier>
                <mlo:start dtf=\"2027-02-02\">2027-02-02</mlo:start></presentation></course>"
        done
        echo '</provider></catalog>'
    } >"$1/feed.xml.new"
    mv "$1/feed.xml.new" "$1/feed.xml"
}

# wait_for URL SECONDS: until it answers 200.
wait_for() {
    local deadline=$((SECONDS + $2))
    until curl --silent --fail --max-time 5 --output /dev/null "$1"; do
        ((SECONDS < deadline)) || {
            echo "$1 did not answer within $2 s" >&2
            return 1
        }
        sleep 0.2
    done
}
