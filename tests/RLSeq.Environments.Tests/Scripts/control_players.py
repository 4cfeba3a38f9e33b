# What the scripted players of the pendulums and of the noisy cart-poles earn, by a second implementation of bodies and players.
import math, random

B = 16.2736044 / 2
def wrap(x): return (x + math.pi) % (2 * math.pi) - math.pi

def swing(angle, speed):
    if math.cos(angle) > 0.7 and abs(speed) < 6: torque = -(12 * math.sin(angle) + 2.5 * speed)
    else: torque = 0.3 * (15 - (0.5 * speed ** 2 + 15 * math.cos(angle))) * (speed or 1e-3)
    return max(-2.0, min(2.0, torque))

def pendulum(steps, sigma, corrections, rng):
    angle, speed, cost = rng.uniform(-math.pi, math.pi), rng.uniform(-1, 1), 0.0
    guess, torque = None, 0.0
    for _ in range(steps):
        cos, sin = (max(-1.0, min(1.0, f(angle) + sigma * rng.gauss(0, 1))) for f in (math.cos, math.sin))
        seen = math.atan2(sin, cos)
        if guess is None: guess, rate = seen, 0.0
        else:
            rate = max(-8.0, min(8.0, rate + 0.05 * (15 * math.sin(guess) + 3 * torque)))
            guess += 0.05 * rate
            difference = wrap(seen - guess)
            guess, rate = guess + corrections[0] * difference, rate + corrections[1] * difference
        torque = swing(guess, rate)
        cost += wrap(angle) ** 2 + 0.1 * speed ** 2 + 0.001 * torque ** 2
        speed = max(-8.0, min(8.0, speed + 0.05 * (15 * math.sin(angle) + 3 * torque)))
        angle += 0.05 * speed
    return (B - cost / steps) / B

def push(state, right):
    x, v, a, w = state
    cos, sin = math.cos(a), math.sin(a)
    t = ((10.0 if right else -10.0) + 0.05 * w * w * sin) / 1.1
    wa = (9.8 * sin - cos * t) / (0.5 * (4 / 3 - 0.1 * cos * cos / 1.1))
    return [x + 0.02 * v, v + 0.02 * (t - 0.05 * wa * cos / 1.1), a + 0.02 * w, w + 0.02 * wa]

FALL = 9.8 / (0.5 * (4 / 3 - 0.1 / 1.1))
MODEL = [[1, 0.02, 0, 0], [0, 1, -0.02 * 0.05 * FALL / 1.1, 0], [0, 0, 1, 0.02], [0, 0, 0.02 * FALL, 1]]
def product(a, b): return [[sum(a[i][k] * b[k][j] for k in range(4)) for j in range(4)] for i in range(4)]

def gains(steps, sigma):
    p, out = [[0.05 ** 2 / 3 * (i == j) for j in range(4)] for i in range(4)], []
    for step in range(steps):
        if step:
            p = product(product(MODEL, p), [list(row) for row in zip(*MODEL)])
            for i in range(4): p[i][i] += 1e-5
        a, b, d = p[0][0] + sigma ** 2, p[0][2], p[2][2] + sigma ** 2
        k = [[(p[i][0] * d - p[i][2] * b) / (a * d - b * b), (p[i][2] * a - p[i][0] * b) / (a * d - b * b)] for i in range(4)]
        p = [[p[i][j] - k[i][0] * p[0][j] - k[i][1] * p[2][j] for j in range(4)] for i in range(4)]
        out.append(k)
    return out

def cartpole(sigma, kalman, rng):
    state, guess = [rng.uniform(-0.05, 0.05) for _ in range(4)], [0.0] * 4
    for step in range(200):
        x = max(-4.8, min(4.8, state[0] + sigma * rng.gauss(0, 1))) - guess[0]
        a = max(-0.41887903, min(0.41887903, state[2] + sigma * rng.gauss(0, 1))) - guess[2]
        guess = [g + k[0] * x + k[1] * a for g, k in zip(guess, kalman[step])]
        right = 2 * guess[2] + guess[3] + 0.1 * guess[0] + 0.3 * guess[1] > 0
        state, guess = push(state, right), push(guess, right)
        if abs(state[0]) > 2.4 or abs(state[2]) > 12 * 2 * math.pi / 360: return (step + 1) / 200
    return 1.0

def show(name, n, play):
    rng = random.Random(1)
    returns = [play(rng) for _ in range(n)]
    mean = sum(returns) / n
    print(f"{name}: {mean:.4f}, standard error {math.sqrt(sum((x - mean) ** 2 for x in returns) / (n - 1) / n):.4f}", flush=True)

for level, steps in (("Easy", 200), ("Medium", 150), ("Hard", 100)):
    show(f"PositionOnlyPendulum{level}", 2000, lambda rng: pendulum(steps, 0, (1, 20), rng))
for level, sigma in (("Easy", 0.1), ("Medium", 0.2), ("Hard", 0.3)):
    show(f"NoisyPositionOnlyPendulum{level}", 2000, lambda rng: pendulum(200, sigma, (0.3, 1.2), rng))
for level, sigma in (("Easy", 0.1), ("Medium", 0.2), ("Hard", 0.3)):
    kalman = gains(200, sigma)
    show(f"NoisyPositionOnlyCartPole{level}", 2000, lambda rng: cartpole(sigma, kalman, rng))
