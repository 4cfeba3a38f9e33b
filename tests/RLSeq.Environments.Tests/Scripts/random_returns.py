# The returns of uniformly random play that have no closed form, and of guessing Battleship's cells row by row, by a second
# implementation of the rules.
import math, random

def place(n, rng):
    ships = set()
    for length in (2, 3, 3, 4):
        while True:
            start, axis, sign = (rng.randrange(n), rng.randrange(n)), rng.randrange(2), rng.choice((-1, 1))
            cells = [tuple(start[a] + (sign * i if a == axis else 0) for a in (0, 1)) for i in range(length)]
            if all(0 <= c < n for cell in cells for c in cell) and not ships & set(cells): break
        ships |= set(cells)
    return ships

def battleship(n, rng, row_by_row=False):
    left, total = place(n, rng), 0.0
    for guess in range(n * n):
        cell = divmod(guess, n) if row_by_row else (rng.randrange(n), rng.randrange(n))
        if cell in left:
            left.remove(cell); total += 1 / 12
        else: total -= 1 / (n * n - 12)
        if not left: break
    return total

def concentration(cards, values, rng):
    table = [i % values for i in range(cards)]
    rng.shuffle(table)
    limit = math.ceil(2 * cards - cards / (2 * cards - 1))
    up, play, total = set(), [], 0.0
    for _ in range(limit):
        play.append(rng.randrange(cards))
        if any(c in up for c in play):
            total -= len(play) / limit; play = []
        elif len(play) == 2:
            if table[play[0]] == table[play[1]] and play[0] != play[1]:
                total += 2 / cards; up |= set(play)
            else: total -= 2 / limit
            play = []
        if len(up) == cards: break
    return total

def minesweeper(n, mines, rng):
    cells = [(r, c) for r in range(n) for c in range(n)]
    bombs, seen, total, clear = set(rng.sample(cells, mines)), set(), 0.0, n * n - mines
    for _ in range(clear):
        cell = rng.choice(cells)
        if cell in bombs: return total - 0.5 - 1 / clear
        total += -0.5 / (clear - 2) if cell in seen else 1 / clear
        seen.add(cell)
        if len(seen) == clear: break
    return total

def pendulum(steps, rng):
    angle, speed, cost = rng.uniform(-math.pi, math.pi), rng.uniform(-1, 1), 0.0
    for _ in range(steps):
        torque = rng.uniform(-2, 2)
        wrapped = (angle + math.pi) % (2 * math.pi) - math.pi
        cost += wrapped ** 2 + 0.1 * speed ** 2 + 0.001 * torque ** 2
        speed = max(-8.0, min(8.0, speed + (15 * math.sin(angle) + 3 * torque) * 0.05))
        angle += speed * 0.05
    return -cost

B = 16.2736044 / 2
tasks = {
    **{f"Battleship{l}": (lambda rng, n=n: battleship(n, rng)) for l, n in (("Easy", 8), ("Medium", 10), ("Hard", 12))},
    **{f"Battleship{l} row by row": (lambda rng, n=n: battleship(n, rng, row_by_row=True)) for l, n in (("Easy", 8), ("Medium", 10), ("Hard", 12))},
    **{f"Concentration{l}": (lambda rng, a=a: concentration(*a, rng)) for l, a in (("Easy", (52, 2)), ("Medium", (104, 2)), ("Hard", (52, 13)))},
    **{f"MineSweeper{l}": (lambda rng, a=a: minesweeper(*a, rng)) for l, a in (("Easy", (4, 2)), ("Medium", (6, 6)), ("Hard", (8, 10)))},
    "Pendulum": lambda rng: pendulum(200, rng),
    **{f"PositionOnlyPendulum{l}": (lambda rng, t=t: (B + pendulum(t, rng) / t) / B) for l, t in (("Easy", 200), ("Medium", 150), ("Hard", 100))},
}
for name, play in tasks.items():
    rng, n = random.Random(1), 20000
    returns = [play(rng) for _ in range(n)]
    mean = sum(returns) / n
    print(f"{name}: {mean:.4f}, standard error {math.sqrt(sum((x - mean) ** 2 for x in returns) / (n - 1) / n):.4f}", flush=True)
