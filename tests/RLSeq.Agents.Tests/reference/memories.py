"""Reference outputs of the memories, from PyTorch, for MemoryParityTests.cs.

    /usr/bin/python3 reference/memories.py

Weights and inputs come from an integer hash that the tests compute too, so no files are exchanged. Everything runs in float64.
"""
import math
import torch

torch.set_default_dtype(torch.float64)
STEPS, STARTS = 12, (0, 7)  # an episode begins at step 0 and at step 7


def mix(x):
    """The finaliser of MurmurHash3."""
    x = (x ^ (x >> 16)) * 0x85EBCA6B % 2**32
    x = (x ^ (x >> 13)) * 0xC2B2AE35 % 2**32
    return x ^ (x >> 16)


def numbers(name, *shape, scale):
    """Floats in [-scale, scale): the k-th from a hash of k and the name."""
    salt = 0
    for c in name:
        salt = (salt * 31 + ord(c)) % 2**32
    values = [(mix((k * 2654435761 + salt) % 2**32) / 2**31 - 1) * scale for k in range(math.prod(shape))]
    return torch.tensor(values, dtype=torch.float32).double().reshape(shape)


def episodes(x):
    """Cuts the sequence where episodes begin."""
    bounds = list(STARTS) + [STEPS]
    return [x[a:b] for a, b in zip(bounds, bounds[1:])]


def lstm(x, d):
    cell = torch.nn.LSTM(d, d)
    with torch.no_grad():
        cell.weight_ih_l0.copy_(numbers("weight_ih", 4 * d, d, scale=0.5))
        cell.weight_hh_l0.copy_(numbers("weight_hh", 4 * d, d, scale=0.5))
        cell.bias_ih_l0.copy_(numbers("bias", 4 * d, scale=0.5))
        cell.bias_hh_l0.zero_()
        return torch.cat([cell(e.unsqueeze(1))[0].squeeze(1) for e in episodes(x)])


def gru(x, d):
    cell = torch.nn.GRU(d, d)
    with torch.no_grad():
        cell.weight_ih_l0.copy_(numbers("input.weight", 3 * d, d, scale=0.5))
        cell.weight_hh_l0.copy_(numbers("recurrent.weight", 3 * d, d, scale=0.5))
        cell.bias_ih_l0.copy_(numbers("input.bias", 3 * d, scale=0.5))
        cell.bias_hh_l0.copy_(numbers("recurrent.bias", 3 * d, scale=0.5))
        return torch.cat([cell(e.unsqueeze(1))[0].squeeze(1) for e in episodes(x)])


def min_gru(x, d):
    def norm(name, n):
        return torch.nn.functional.layer_norm(n, (d,), numbers(f"{name}.weight", d, scale=1.5), numbers(f"{name}.bias", d, scale=0.5), 1e-5)

    w, b = numbers("gates.weight", 3 * d, d, scale=0.5), numbers("gates.bias", 3 * d, scale=0.5)
    results = []
    for x in episodes(x):
        h = None
        for z, n, o in (norm("input_norm", x) @ w.T + b).reshape(-1, 3, d):
            h = n if h is None else (1 - z.sigmoid()) * h + z.sigmoid() * n
            results.append(norm("output_norm", o.sigmoid() * h.tanh()))
    return torch.stack(results)


def lru(x, d):
    def norm(name, n):
        return torch.nn.functional.layer_norm(n, (d,), numbers(f"{name}.weight", d, scale=1.5), numbers(f"{name}.bias", d, scale=0.5), 1e-5)

    def planes(n):
        """The first half of n is real parts, the second imaginary ones."""
        return torch.complex(n[..., :d], n[..., d:])

    factor = planes(numbers("factor", 2 * d, scale=0.7))
    gain = numbers("gain", d, scale=1.0)
    b = torch.complex(*numbers("input", 2 * d, d, scale=0.5).split(d))
    c = planes(numbers("readout", d, 2 * d, scale=0.5)).conj()  # the file has the imaginary part with its sign changed
    w, bias = numbers("gates.weight", 2 * d, d, scale=0.5), numbers("gates.bias", 2 * d, scale=0.5)
    results = []
    for x in episodes(x):
        u = norm("input_norm", x)
        for t in range(len(x)):
            # All that came before, without a recurrence; the first step has no gain.
            h = sum(factor ** (t - k) * (gain if k > 0 else 1) * (b @ u[k].to(b.dtype)) for k in range(t + 1))
            v = torch.nn.functional.gelu((c @ h).real + numbers("skip", d, scale=1.0) * u[t], approximate="tanh")
            results.append(norm("output_norm", x[t] + torch.nn.functional.glu(w @ v + bias, 0)))
    return torch.stack(results)


def sinusoids(t, d):
    h = (d + 1) // 2
    angle = torch.arange(t)[:, None] * 10000.0 ** (-torch.arange(h) / h)
    return torch.cat([angle.sin(), angle.cos()], 1)[:, :d]


def transformer(x, d, layers, heads, context, ffn, absolute=False, uniform=False, feed_forward=True, residual=True, window=False):
    """uniform: every visible item gets the same weight, as without scores; window: each step runs the whole stack over its last context + 1 inputs."""
    def affine(name, n, inputs, outputs):
        return n @ numbers(f"{name}.weight", outputs, inputs, scale=0.5).T + numbers(f"{name}.bias", outputs, scale=0.5)

    def norm(name, n):
        return torch.nn.functional.layer_norm(n, (d,), numbers(f"{name}.weight", d, scale=1.5), numbers(f"{name}.bias", d, scale=0.5), 1e-5)

    def stack(x):
        t = len(x)
        if absolute:
            x = x + sinusoids(t, d)
        distance = torch.arange(t)[:, None] - torch.arange(t)[None, :]
        allowed = (distance >= 0) & (distance <= context)
        for l in range(layers):
            n = norm(f"layers.{l}.norm1", x)
            v = affine(f"layers.{l}.value", n, d, d).reshape(t, heads, d // heads)
            score = torch.zeros(heads, t, t)
            if not uniform:
                q, k = (affine(f"layers.{l}.{part}", n, d, d).reshape(t, heads, d // heads) for part in ("query", "key"))
                score = torch.einsum("thd,jhd->htj", q, k) / math.sqrt(d / heads)
                if not absolute:
                    score = score + numbers(f"layers.{l}.relative", heads, context + 1, scale=1.0)[:, distance.clamp(0, context)]
            a = score.masked_fill(~allowed, -math.inf).softmax(-1)
            attended = affine(f"layers.{l}.out", torch.einsum("htj,jhd->thd", a, v).reshape(t, d), d, d)
            x = x + attended if residual else attended
            if feed_forward:
                wide = affine(f"layers.{l}.ffn2", affine(f"layers.{l}.ffn1", norm(f"layers.{l}.norm2", x), d, ffn).relu(), ffn, d)
                x = x + wide if residual else wide
        return norm("norm", x)

    if window:
        return torch.cat([torch.stack([stack(e[max(0, t - context):t + 1])[-1] for t in range(len(e))]) for e in episodes(x)])
    return torch.cat([stack(e) for e in episodes(x)])


def show(title, y):
    print(title)
    for row in y:
        print("        " + ", ".join(f"{v:.7f}f" for v in row.tolist()) + ",")


x = numbers("input", STEPS, 8, scale=1.0)
show("gru", gru(x, 8))
show("lstm", lstm(x, 8))
show("lru", lru(x, 8))
show("min-gru", min_gru(x, 8))
show("transformer", transformer(x, 8, layers=2, heads=2, context=3, ffn=12))
show("transformer without context", transformer(x, 8, layers=1, heads=4, context=0, ffn=5))
show("transformer-absolute", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, absolute=True))
show("transformer-window", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, window=True))
show("transformer-no-attention", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, uniform=True))
show("transformer-no-feed-forward", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, feed_forward=False))
show("transformer-no-residual", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, residual=False))
show("transformer-one-head", transformer(x, 8, layers=2, heads=1, context=3, ffn=12))
