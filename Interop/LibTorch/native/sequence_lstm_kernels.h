// The time loops of the LSTM, for a block of rows. Included by sequence_kernels.cpp only, after sequence_product.h.

// h before step t: what the step before gave, or zero where an episode begins.
template <class T>
inline void carry(const bool* starts, int64_t t, int64_t batch, int64_t width, int64_t from, int64_t to, const T* initial, const T* output, T* previous) {
  for (int64_t row = from; row < to; ++row) {
    const int64_t at = (t * batch + row) * width;
    if (starts[t * batch + row]) {
      __builtin_memset(previous + at, 0, static_cast<size_t>(width) * sizeof(T));
    } else {
      __builtin_memcpy(previous + at, t == 0 ? initial + row * width : output + at - batch * width, static_cast<size_t>(width) * sizeof(T));
    }
  }
}

template <class T>
void lstm_forward(const LstmForward<T>& s, int64_t from, int64_t to, T* recurrent) {
  const int64_t D = s.width, stride = padded<T>(4 * D);
  for (int64_t t = 0; t < s.steps; ++t) {
    carry(s.starts, t, s.batch, D, from, to, s.h0, s.output, s.previous);
    multiply<T>({D, 4 * D}, to - from, s.previous + (t * s.batch + from) * D, D, s.weight, recurrent);
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const bool fresh = s.starts[at];
      const T* u = recurrent + (row - from) * stride;
      const T* before = t == 0 ? s.c0 + row * D : s.cells + (at - s.batch) * D;
      T* gates = s.gates + at * 4 * D;
      for (int64_t j = 0; j < D; j += Lanes<T>) {
        const int64_t n = D - j;
        const V<T> i = sigmoid(load(gates + j, n) + load(u + j, n));
        const V<T> f = sigmoid(load(gates + D + j, n) + load(u + D + j, n));
        const V<T> g = hyperbolic_tangent(load(gates + 2 * D + j, n) + load(u + 2 * D + j, n));
        const V<T> o = sigmoid(load(gates + 3 * D + j, n) + load(u + 3 * D + j, n));
        const V<T> c = fresh ? i * g : f * load(before + j, n) + i * g;
        const V<T> bounded = hyperbolic_tangent(c);
        store(gates + j, i, n);
        store(gates + D + j, f, n);
        store(gates + 2 * D + j, g, n);
        store(gates + 3 * D + j, o, n);
        store(s.cells + at * D + j, c, n);
        store(s.tanh_cells + at * D + j, bounded, n);
        store(s.output + at * D + j, o * bounded, n);
      }
    }
  }
}

template <class T>
void lstm_backward(const LstmBackward<T>& s, int64_t from, int64_t to, T* scratch) {
  const int64_t D = s.width, count = to - from, stride = padded<T>(D);
  T* grad_h = scratch;                   // what comes back to h and c from the step after, [rows, stride]
  T* grad_c = scratch + count * stride;
  for (int64_t row = from; row < to; ++row) {
    for (int64_t j = 0; j < D; ++j) {
      grad_h[(row - from) * stride + j] = s.grad_h == nullptr ? 0 : s.grad_h[row * D + j];
      grad_c[(row - from) * stride + j] = s.grad_c == nullptr ? 0 : s.grad_c[row * D + j];
    }
  }
  for (int64_t t = s.steps - 1; t >= 0; --t) {
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const bool fresh = s.starts[at];
      const T* before = t == 0 ? s.c0 + row * D : s.cells + (at - s.batch) * D;
      const T* gates = s.gates + at * 4 * D;
      T* grad_gates = s.grad_gates + at * 4 * D;
      T* dh = grad_h + (row - from) * stride;
      T* dc = grad_c + (row - from) * stride;
      for (int64_t j = 0; j < D; j += Lanes<T>) {
        const int64_t n = D - j;
        const V<T> i = load(gates + j, n), f = load(gates + D + j, n), g = load(gates + 2 * D + j, n), o = load(gates + 3 * D + j, n);
        const V<T> bounded = load(s.tanh_cells + at * D + j, n);
        const V<T> h = load(s.grad_output + at * D + j, n) + load(dh + j, n);
        const V<T> c = load(dc + j, n) + h * o * (1 - bounded * bounded);
        const V<T> forgotten = fresh ? V<T>{} : c * load(before + j, n) * f * (1 - f);
        store(grad_gates + j, c * g * i * (1 - i), n);
        store(grad_gates + D + j, forgotten, n);
        store(grad_gates + 2 * D + j, c * i * (1 - g * g), n);
        store(grad_gates + 3 * D + j, h * bounded * o * (1 - o), n);
        store(dc + j, fresh ? V<T>{} : c * f, n);
      }
    }
    if (t == 0 && s.grad_h0 == nullptr) break;
    multiply<T>({4 * D, D}, count, s.grad_gates + (t * s.batch + from) * 4 * D, 4 * D, s.weight, grad_h);
    for (int64_t row = from; row < to; ++row) {
      if (s.starts[t * s.batch + row]) __builtin_memset(grad_h + (row - from) * stride, 0, static_cast<size_t>(stride) * sizeof(T));
    }
  }
  for (int64_t row = from; row < to; ++row) {
    const size_t bytes = static_cast<size_t>(D) * sizeof(T);
    if (s.grad_h0 != nullptr) __builtin_memcpy(s.grad_h0 + row * D, grad_h + (row - from) * stride, bytes);
    if (s.grad_c0 != nullptr) __builtin_memcpy(s.grad_c0 + row * D, grad_c + (row - from) * stride, bytes);
  }
}
