import GRDB

/// The tables, and how older files are brought up to date.
///
/// Versions of records are only ever appended; what is current is said by `course.version`. So a
/// feed that is held, or taken back, leaves the state before it untouched.
enum Schema {
    /// `Leer` in ASCII: tells a catalogue from other SQLite files.
    static let applicationID: Int32 = 0x4C65_6572
    /// The newest schema this program knows; raised with every migration.
    static let version = 1

    /// The migrations from an empty file to ``version``, in order; none is ever changed.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: sources, runs, records, quarantine") { db in
            try db.execute(sql: first)
            try db.execute(sql: "PRAGMA user_version = 1")
        }
        return migrator
    }

    private static let first = """
        CREATE TABLE source (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            partner TEXT,
            location TEXT NOT NULL,
            format TEXT,
            courses INTEGER NOT NULL DEFAULT 0,   -- present now
            offerings INTEGER NOT NULL DEFAULT 0, -- present now
            last_run INTEGER REFERENCES run(number),
            good_run INTEGER REFERENCES run(number),       -- whose state is the catalogue's
            held_run INTEGER REFERENCES run(number),       -- waits for a person
            quarantine_run INTEGER REFERENCES run(number)  -- whose quarantine is current
        ) STRICT;

        CREATE TABLE run (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            source INTEGER NOT NULL REFERENCES source(key),
            cause TEXT NOT NULL,
            started INTEGER NOT NULL,             -- seconds since 1970, UTC
            today INTEGER NOT NULL,               -- days since 1970
            verdict TEXT NOT NULL,
            generation INTEGER UNIQUE,            -- when it changed something
            fingerprint BLOB,
            first_version INTEGER,                -- the versions it wrote are a range of keys
            last_version INTEGER,
            report BLOB NOT NULL
        ) STRICT;
        CREATE INDEX run_source ON run(source, number);

        CREATE TABLE course (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            source INTEGER NOT NULL REFERENCES source(key),
            state INTEGER NOT NULL,               -- 0 present, 1 closed, 2 expired, 3 withdrawn, 9 not published yet
            version INTEGER,                      -- current version; NULL when not published yet
            content INTEGER NOT NULL,             -- hash of the current version's digest
            surroundings INTEGER NOT NULL,        -- hash of its original and diagnostics
            added INTEGER NOT NULL,               -- generation
            changed INTEGER NOT NULL,             -- generation
            last_run INTEGER                      -- the run that last saw it, when it is gone
        ) STRICT;
        CREATE INDEX course_changed ON course(changed);

        CREATE TABLE version (
            key INTEGER PRIMARY KEY,
            course INTEGER NOT NULL REFERENCES course(key),
            run INTEGER NOT NULL REFERENCES run(number),
            previous INTEGER,
            surroundings INTEGER NOT NULL,
            digest BLOB NOT NULL,
            diagnostics BLOB,
            payload BLOB NOT NULL
        ) STRICT;

        CREATE TABLE original (
            version INTEGER PRIMARY KEY REFERENCES version(key),
            bytes BLOB NOT NULL
        ) STRICT;

        -- Offerings that left while their course stayed or left with it.
        CREATE TABLE gone (
            course INTEGER NOT NULL REFERENCES course(key),
            offering TEXT NOT NULL,
            state INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            version INTEGER NOT NULL,             -- the last one that holds it
            PRIMARY KEY (course, offering)
        ) STRICT, WITHOUT ROWID;

        -- What happened to courses and offerings besides being added or changed by a version.
        CREATE TABLE event (
            key INTEGER PRIMARY KEY,
            run INTEGER NOT NULL REFERENCES run(number),
            course INTEGER NOT NULL REFERENCES course(key),
            offering TEXT,
            kind INTEGER NOT NULL                 -- 2 closed, 3 expired, 4 withdrawn, 5 reopened
        ) STRICT;
        CREATE INDEX event_run ON event(run);
        CREATE INDEX event_course ON event(course);

        CREATE TABLE provider (
            key INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            source INTEGER NOT NULL REFERENCES source(key),
            state INTEGER NOT NULL,
            content INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            payload BLOB NOT NULL
        ) STRICT;

        -- Providers as they were before a run changed them; state NULL: they were not known.
        CREATE TABLE provider_before (
            run INTEGER NOT NULL REFERENCES run(number),
            provider INTEGER NOT NULL REFERENCES provider(key),
            state INTEGER,
            payload BLOB,
            PRIMARY KEY (run, provider)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE quarantine (
            run INTEGER NOT NULL REFERENCES run(number),
            place INTEGER NOT NULL,               -- 0, 1, … in the order of the feed
            hash INTEGER NOT NULL,
            kind TEXT NOT NULL,
            native TEXT,
            file TEXT NOT NULL,
            line INTEGER,
            col INTEGER,
            byte_offset INTEGER,
            courses INTEGER NOT NULL,
            offerings INTEGER NOT NULL,
            reasons BLOB NOT NULL,
            original BLOB NOT NULL,
            PRIMARY KEY (run, place)
        ) STRICT;

        -- What is needed to publish a held run later, besides its versions.
        CREATE TABLE held (
            run INTEGER PRIMARY KEY REFERENCES run(number),
            seen BLOB NOT NULL,
            withdrawn BLOB NOT NULL,
            withdrawn_offerings BLOB NOT NULL
        ) STRICT;
        CREATE TABLE held_provider (
            run INTEGER NOT NULL REFERENCES run(number),
            id TEXT NOT NULL,
            content INTEGER NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (run, id)
        ) STRICT, WITHOUT ROWID;
        """
}
