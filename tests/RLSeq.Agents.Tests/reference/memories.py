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


def fast_weights(x, d, heads, forgets=True, averages=False):
    """With `averages` linear attention, as weights of a mean over all steps; otherwise the delta rule, as a product of matrices per step."""
    def norm(name, n):
        return torch.nn.functional.layer_norm(n, (d,), numbers(f"{name}.weight", d, scale=1.5), numbers(f"{name}.bias", d, scale=0.5), 1e-5)

    size, silu = d // heads, torch.nn.functional.silu
    outputs = 4 * d + (0 if averages else heads) + (heads if forgets and not averages else 0)
    w, b = numbers("projection.weight", outputs, d, scale=0.5), numbers("projection.bias", outputs, scale=0.5)
    results = []
    for e in episodes(x):
        t = len(e)
        p = norm("input_norm", e) @ w.T + b
        mixed, gate = p[:, :3 * d], p[:, 3 * d:4 * d]
        if averages:
            q, k, v = mixed.reshape(t, 3, heads, size).permute(1, 2, 0, 3)
            q, k = torch.nn.functional.elu(q) + 1, torch.nn.functional.elu(k) + 1
            weight = (q @ k.transpose(1, 2)).tril()
            read = (weight / (weight.sum(-1, keepdim=True) + 1e-6)) @ v
        else:
            taps = numbers("convolution.weight", 3 * d, 4, scale=0.7)
            before = torch.cat([torch.zeros(3, 3 * d), mixed])
            q, k, v = silu(sum(before[3 - j:3 - j + t] * taps[:, j] for j in range(4))).reshape(t, 3, heads, size).permute(1, 2, 0, 3)
            q, k = (n / (n.square().sum(-1, keepdim=True) + 1e-6).sqrt() for n in (q, k))
            beta = p[:, 4 * d:4 * d + heads].sigmoid().T
            alpha = p[:, 4 * d + heads:].sigmoid().T if forgets else torch.ones(heads, t)
            read = torch.zeros(heads, t, size)
            for h in range(heads):
                s = torch.zeros(size, size)
                for i in range(t):
                    s = alpha[h, i] * s @ (torch.eye(size) - beta[h, i] * torch.outer(k[h, i], k[h, i])) + beta[h, i] * torch.outer(v[h, i], k[h, i])
                    read[h, i] = s @ q[h, i]
            read = read / (read.square().mean(-1, keepdim=True) + 1e-5).sqrt() * numbers("read_norm.weight", d, scale=1.5).reshape(heads, 1, size)
        y = read.permute(1, 0, 2).reshape(t, d) * silu(gate)
        results.append(norm("output_norm", e + y @ numbers("out.weight", d, d, scale=0.5).T + numbers("out.bias", d, scale=0.5)))
    return torch.cat(results)


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


def ffm(x, d, traces, contexts, normalized=True):
    def affine(name, n, inputs, outputs):
        return n @ numbers(f"{name}.weight", outputs, inputs, scale=0.5).T + numbers(f"{name}.bias", outputs, scale=0.5)

    units = traces * contexts
    factor = torch.complex(*numbers("factor", 2 * units, scale=0.7).split(units)).reshape(contexts, traces)
    gain = numbers("gain", traces, scale=1.0) if normalized else 1
    results = []
    for x in episodes(x):
        value, into, skip, out = affine("projection", x, d, 2 * (traces + d)).split([traces, traces, d, d], -1)
        y = value * into.sigmoid()
        for t in range(len(x)):
            # All that came before, without a recurrence: the same input for every context. The first step has no gain.
            s = sum(factor ** (t - k) * (gain if k > 0 else 1) * y[k] for k in range(t + 1))
            read = affine("mix", torch.cat([s.real.flatten(), s.imag.flatten()]), 2 * units, d)
            n = (read - read.mean()) / (read.var(unbiased=False) + 1e-5).sqrt()
            results.append(n * out[t].sigmoid() + skip[t] * (1 - out[t].sigmoid()))
    return torch.stack(results)


def sinusoids(t, d):
    h = (d + 1) // 2
    angle = torch.arange(t)[:, None] * 10000.0 ** (-torch.arange(h) / h)
    return torch.cat([angle.sin(), angle.cos()], 1)[:, :d]


def transformer(x, d, layers, heads, context, ffn, absolute=False, uniform=False, feed_forward=True, residual=True, gated=False, window=False, slots=None):
    """uniform: every visible item gets the same weight, as without scores; window: each step runs the whole stack over its last context + 1 inputs;
    slots: at most so many steps are held, none of which was a near-duplicate of what was held before it."""
    def affine(name, n, inputs, outputs):
        return n @ numbers(f"{name}.weight", outputs, inputs, scale=0.5).T + numbers(f"{name}.bias", outputs, scale=0.5)

    def norm(name, n):
        return torch.nn.functional.layer_norm(n, (d,), numbers(f"{name}.weight", d, scale=1.5), numbers(f"{name}.bias", d, scale=0.5), 1e-5)

    def gate(name, x, y):
        """Parisotto et al. 2020, one matrix at a time; the part's output is rectified, as there."""
        y = y.relu()
        w_r, w_z, w_g = numbers(f"{name}.part.weight", 3 * d, d, scale=0.5).reshape(3, d, d)
        u_r, u_z = numbers(f"{name}.stream.weight", 2 * d, d, scale=0.5).reshape(2, d, d)
        u_g, b = numbers(f"{name}.candidate.weight", d, d, scale=0.5), numbers(f"{name}.bias", d, scale=0.5)
        r = (y @ w_r.T + x @ u_r.T).sigmoid()
        z = (y @ w_z.T + x @ u_z.T - b).sigmoid()
        return (1 - z) * x + z * (y @ w_g.T + (r * x) @ u_g.T).tanh()

    def held(x):
        """Which earlier steps every step sees."""
        result, stored = torch.zeros(len(x), len(x), dtype=torch.bool), []
        for t, now in enumerate(x):
            stored = [j for j in stored if t - j <= context][-slots:]
            result[t, stored] = True
            if all((now - x[j]).norm() ** 2 > 0.1 ** 2 * (now.norm() ** 2 + x[j].norm() ** 2) / 2 for j in stored):
                stored.append(t)
        return result

    def stack(x):
        t = len(x)
        if absolute:
            x = x + sinusoids(t, d)
        distance = torch.arange(t)[:, None] - torch.arange(t)[None, :]
        allowed = (distance >= 0) & (distance <= context)
        if slots is not None:
            allowed = held(x) | (distance == 0)
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
            x = gate(f"layers.{l}.gate1", x, attended) if gated else x + attended if residual else attended
            if feed_forward:
                wide = affine(f"layers.{l}.ffn2", affine(f"layers.{l}.ffn1", norm(f"layers.{l}.norm2", x), d, ffn).relu(), ffn, d)
                x = gate(f"layers.{l}.gate2", x, wide) if gated else x + wide if residual else wide
        return norm("norm", x)

    if window:
        return torch.cat([torch.stack([stack(e[max(0, t - context):t + 1])[-1] for t in range(len(e))]) for e in episodes(x)])
    return torch.cat([stack(e) for e in episodes(x)])


def hcam(x, d, layers, heads, context, ffn, chunk, top):
    """Hierarchical chunk attention, query by query and chunk by chunk."""
    def affine(name, n, inputs, outputs):
        return n @ numbers(f"{name}.weight", outputs, inputs, scale=0.5).T + numbers(f"{name}.bias", outputs, scale=0.5)

    def norm(name, n):
        return torch.nn.functional.layer_norm(n, (d,), numbers(f"{name}.weight", d, scale=1.5), numbers(f"{name}.bias", d, scale=0.5), 1e-5)

    results, held, size = [], context // chunk, d // heads
    for x in episodes(x):
        t = len(x)
        for l in range(layers):
            name = f"layers.{l}"
            n = norm(f"{name}.norm1", x) + numbers(f"{name}.place", chunk, d, scale=0.5)[torch.arange(t) % chunk]
            q, k, v = (affine(f"{name}.{part}", n, d, d).reshape(t, heads, size) for part in ("query", "key", "value"))
            relative, own = numbers(f"{name}.relative", heads, 2 * chunk, scale=1.0), numbers(f"{name}.own", d, scale=1.0)
            age, early = (numbers(f"{name}.{table}", held + 1, scale=1.0) for table in ("age", "early"))
            number = numbers(f"{name}.number", held + 1, d, scale=0.5)
            attended = torch.zeros(t, d)
            for i in range(t):
                mine = i // chunk
                asked = affine(f"{name}.relevance", n[i] + number[min(mine, held)], d, d) / math.sqrt(d)
                relevance = {}
                for c in range(mine):
                    if i - c * chunk <= context:
                        summary = affine(f"{name}.summary", n[c * chunk:(c + 1) * chunk].mean(0) + number[min(c, held)], d, d)
                        relevance[c] = (asked @ summary + age[mine - c] + early[min(c, held)]).item()
                relevance = dict(sorted(relevance.items(), key=lambda item: -item[1])[:top])
                relevance[mine] = (asked @ own + age[0]).item()
                weights = torch.tensor(list(relevance.values())).softmax(0)
                for c, weight in zip(relevance, weights):
                    j = torch.arange(c * chunk, min((c + 1) * chunk, i + 1))
                    score = torch.einsum("hd,jhd->hj", q[i], k[j].reshape(-1, heads, size)) / math.sqrt(size)
                    if c >= mine - 1:
                        score = score + relative[:, i - j]
                    attended[i] += weight * torch.einsum("hj,jhd->hd", score.softmax(-1), v[j]).reshape(d)
            x = x + affine(f"{name}.out", attended, d, d)
            x = x + affine(f"{name}.ffn2", affine(f"{name}.ffn1", norm(f"{name}.norm2", x), d, ffn).relu(), ffn, d)
        results.append(norm("norm", x))
    return torch.cat(results)


def show(title, y):
    print(title)
    for row in y:
        print("        " + ", ".join(f"{v:.7f}f" for v in row.tolist()) + ",")


x = numbers("input", STEPS, 8, scale=1.0)
show("ffm", ffm(x, 8, traces=4, contexts=4, normalized=False))
show("ffm-normalized", ffm(x, 8, traces=4, contexts=4))
show("ffm-normalized odd", ffm(x, 8, traces=5, contexts=3))
show("gru", gru(x, 8))
show("lstm", lstm(x, 8))
show("lru", lru(x, 8))
show("hcam", hcam(x, 8, layers=2, heads=2, context=5, ffn=12, chunk=2, top=1))
show("hcam odd", hcam(x, 8, layers=1, heads=1, context=20, ffn=7, chunk=1, top=3))
show("hcam without context", hcam(x, 8, layers=1, heads=4, context=0, ffn=5, chunk=1, top=1))
show("min-gru", min_gru(x, 8))
show("gated-delta-net", fast_weights(x, 8, heads=2))
show("gated-delta-net one head", fast_weights(x, 8, heads=1))
show("delta-net", fast_weights(x, 8, heads=2, forgets=False))
show("linear-attention", fast_weights(x, 8, heads=2, averages=True))
show("transformer", transformer(x, 8, layers=2, heads=2, context=3, ffn=12))
show("transformer without context", transformer(x, 8, layers=1, heads=4, context=0, ffn=5))
show("transformer-absolute", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, absolute=True))
show("transformer-gated", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, gated=True))
repeated = torch.stack([x[i] * (1 + 0.03 * (t % 3)) for t, i in enumerate((0, 1, 0, 1, 1, 0, 0, 2, 0, 3, 2, 4))])
show("transformer-distinct", transformer(repeated, 8, layers=2, heads=2, context=5, ffn=12, slots=3))
show("transformer-window", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, window=True))
show("transformer-no-attention", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, uniform=True))
show("transformer-no-feed-forward", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, feed_forward=False))
show("transformer-no-residual", transformer(x, 8, layers=2, heads=2, context=3, ffn=12, residual=False))
show("transformer-one-head", transformer(x, 8, layers=2, heads=1, context=3, ffn=12))
