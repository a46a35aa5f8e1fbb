"""What would PostgreSQL with PostGIS answer behind a minimal server? A peer of the benchmark of searches.

postgres.py build DSN DOCS     loads docs.tsv (see SearchBenchmark) into the database
postgres.py serve DSN PORT [WORKERS]
                               answers /v1/search?q=…&near=LAT,LON&within=KMkm&level=A-B as the service does:
                               the best ten, the number of hits and counts by level, as JSON

Needs asyncpg, uvicorn, uvloop and httptools from PyPI. Statements are prepared once a connection; there is no
framework between the socket and the database.
"""

import asyncio
import json
import os
import sys
import urllib.parse

import asyncpg

STATEMENT = """
with hits as materialized (
  select o.id, o.level, c.title, o.price, o.start,
         ts_rank(c.words, to_tsquery('simple', $1)) as score
  from course c join offering o on o.course = c.id
  where c.words @@ to_tsquery('simple', $1)
    and ($2::float8 is null or st_dwithin(
          o.place, st_setsrid(st_makepoint($2, $3), 4326)::geography, $4, false))
    and o.level between $5 and $6)
select (select json_agg(best) from
          (select * from hits order by score desc, id limit 10) best)::text,
       (select json_object_agg(level, n) from
          (select level, count(*) n from hits group by level) counts)::text,
       (select count(*) from hits)
"""


async def build(dsn, documents):
    connection = await asyncpg.connect(dsn)
    await connection.execute("create extension if not exists postgis")
    await connection.execute("drop table if exists raw, course, offering")
    await connection.execute(
        "create unlogged table raw(id int, course int, title text, body text, level int, lang text,"
        " price int, start int, lat float8, lon float8, skills text)"
    )
    with open(documents, "rb") as file:
        await connection.copy_to_table("raw", source=file)
    for statement in (
        "create table course as select distinct on (course) course as id, title,"
        " to_tsvector('simple', title || ' ' || body) as words from raw order by course, id",
        "create table offering as select id, course, level, price, start,"
        " st_setsrid(st_makepoint(lon, lat), 4326)::geography as place from raw",
        "drop table raw",
        "alter table course add primary key (id)",
        "alter table offering add primary key (id)",
        "create index on course using gin (words)",
        "create index on offering (course)",
        "create index on offering using gist (place)",
        "vacuum analyze course",
        "vacuum analyze offering",
    ):
        await connection.execute(statement)
    await connection.close()


class Application:
    """An ASGI application over a pool of connections."""

    def __init__(self, dsn):
        self.dsn = dsn
        self.pool = None

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                if message["type"] == "lifespan.startup":
                    self.pool = await asyncpg.create_pool(self.dsn, min_size=4, max_size=16)
                    await send({"type": "lifespan.startup.complete"})
                else:
                    await self.pool.close()
                    await send({"type": "lifespan.shutdown.complete"})
                    return
        asked = dict(urllib.parse.parse_qsl(scope["query_string"].decode()))
        words = " & ".join(asked["q"].split())
        latitude = longitude = metres = None
        if "near" in asked:
            latitude, longitude = map(float, asked["near"].split(","))
            metres = 1000 * float(asked["within"].removesuffix("km"))
        low, high = 0, 9
        if "level" in asked:
            low, high = map(int, asked["level"].split("-"))
        row = await self.pool.fetchrow(STATEMENT, words, longitude, latitude, metres, low, high)
        body = json.dumps(
            {"total": row[2], "results": json.loads(row[0] or "[]"), "facets": json.loads(row[1] or "{}")}
        ).encode()
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))],
            }
        )
        await send({"type": "http.response.body", "body": body})


def application():
    return Application(os.environ["BENCHMARK_DSN"])


if __name__ == "__main__":
    task, dsn, third = sys.argv[1:4]
    if task == "build":
        asyncio.run(build(dsn, third))
    else:
        import uvicorn

        os.environ["BENCHMARK_DSN"] = dsn
        sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
        workers = int(sys.argv[4]) if len(sys.argv) > 4 else 2
        uvicorn.run(
            "postgres:application", factory=True, port=int(third), workers=workers, loop="uvloop",
            http="httptools", access_log=False, log_level="warning",
        )
