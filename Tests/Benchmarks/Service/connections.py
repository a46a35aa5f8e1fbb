"""Do many idle connections, busy ones and slow ones disturb each other?

Holds 10,000 idle and 1,000 busy connections, and 50 clients that send a head drop by drop, for some
seconds; the busy ones must all be answered, the slow ones cut off. Tells the memory of the service.

connections.py ADDRESS PID [IDLE] [BUSY] [SECONDS]    raise the limit of open files first: ulimit -n 30000
"""

import asyncio
import sys
import time
import urllib.parse

address, pid = sys.argv[1], int(sys.argv[2])
idle, busy, seconds = (
    int(sys.argv[n]) if len(sys.argv) > n else usual for n, usual in [(3, 10_000), (4, 1_000), (5, 30)]
)
place = urllib.parse.urlsplit(address)
paths = [f"/v1/search?q={word}&limit=10&facets=false" for word in ["boom", "zorg", "lassen", "excel"]]


def resident():
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


def connect():
    return asyncio.open_connection(place.hostname, place.port)


async def hold():
    return await connect()


async def ask(reader, writer, path):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: test\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    await reader.readexactly(length)
    return head.startswith(b"HTTP/1.1 200")


async def keep_asking(number, end, times, faults):
    try:
        reader, writer = await connect()
        while time.monotonic() < end:
            began = time.monotonic()
            if not await ask(reader, writer, paths[number % len(paths)]):
                faults.append("not 200")
            times.append(time.monotonic() - began)
            await asyncio.sleep(0.5)
        writer.close()
    except Exception as fault:
        faults.append(repr(fault))


async def dribble():
    """A head a byte a second; how long until the service has had enough."""
    reader, writer = await connect()
    began = time.monotonic()
    for byte in b"GET /health HTTP/1.1\r\nHost: " + b"a" * 120:
        try:
            writer.write(bytes([byte]))
            await writer.drain()
            if await asyncio.wait_for(reader.read(1), 1) == b"":
                return time.monotonic() - began
        except TimeoutError:
            continue
        except OSError:
            return time.monotonic() - began
    sys.exit("a slow client was not cut off")


async def main():
    print(f"before: {resident()} MB")
    held = []
    for start in range(0, idle, 500):
        held += await asyncio.gather(*(hold() for _ in range(min(500, idle - start))))
    print(f"{len(held)} idle connections: {resident()} MB")
    times, faults = [], []
    end = time.monotonic() + seconds
    slow = [asyncio.create_task(dribble()) for _ in range(50)]
    await asyncio.gather(*(keep_asking(n, end, times, faults) for n in range(busy)))
    times.sort()
    print(
        f"{busy} busy connections: {len(times)} requests, {len(faults)} failed, "
        f"median {1000 * times[len(times) // 2]:.0f} ms, "
        f"p99 {1000 * times[len(times) * 99 // 100]:.0f} ms, {resident()} MB"
    )
    cut = await asyncio.gather(*slow)
    print(f"{len(cut)} slow clients cut off after {min(cut):.0f} to {max(cut):.0f} s")
    if faults:
        print(faults[:3])
    sys.exit(1 if faults else 0)


asyncio.run(main())
