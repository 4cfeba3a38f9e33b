// The time loops of min-gru, for a block of rows. Included by sequence_kernels.cpp only, after sequence_vector.h.
//
// No gate depends on h, so what is left of the recurrence is elementwise: h' = h + z (n - h), and h' = n where an episode begins. A
// core's vectors run over the units, so it needs no parallelism over time: one pass from the first step to the last is the least
// arithmetic and the least traffic, where a parallel scan would multiply more and go through memory more often.
//
// The floor per sample of D units: three products of 6 D^2 operations (gates; gradients of input and weight), which is 0.29 million for
// D = 128, 2.8 us at 105 GFLOP/s. The pass forward reads 3 D elements (the h before is still in the nearest cache) and writes 4 D; the
// one back reads 5 D and writes 3 D: 15 D, and the products read and write 12 D more, 13.8 kB together in single precision.

// h before step t: null where an episode begins. What is there instead is not read, so that even NaN stays behind.
template <class T>
inline const T* min_gru_before(const bool* starts, int64_t t, int64_t row, int64_t batch, int64_t width, const T* h0, const T* states) {
  const int64_t at = t * batch + row;
  if (starts[at]) return nullptr;
  return t == 0 ? h0 + row * width : states + (at - batch) * width;
}

template <class T>
void min_gru_forward(const MinGruForward<T>& s, int64_t from, int64_t to) {
  const int64_t D = s.width;
  for (int64_t t = 0; t < s.steps; ++t) {
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const T* before = min_gru_before(s.starts, t, row, s.batch, D, s.h0, s.states);
      T* gates = s.gates + at * 3 * D;
      for (int64_t j = 0; j < D; j += Lanes<T>) {
        const int64_t left = D - j;
        const V<T> z = sigmoid(load(gates + j, left)), n = load(gates + D + j, left), o = sigmoid(load(gates + 2 * D + j, left));
        V<T> h = n;
        if (before != nullptr) {
          const V<T> last = load(before + j, left);
          h = last + z * (n - last);
        }
        store(gates + j, z, left);
        store(gates + 2 * D + j, o, left);
        store(s.states + at * D + j, h, left);
        store(s.output + at * D + j, o * hyperbolic_tangent(h), left);
      }
    }
  }
}

template <class T>
void min_gru_backward(const MinGruBackward<T>& s, int64_t from, int64_t to, T* scratch) {
  const int64_t D = s.width;
  for (int64_t row = from; row < to; ++row) {
    for (int64_t j = 0; j < D; ++j) scratch[(row - from) * D + j] = s.grad_h == nullptr ? 0 : s.grad_h[row * D + j];
  }
  for (int64_t t = s.steps - 1; t >= 0; --t) {
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const T* before = min_gru_before(s.starts, t, row, s.batch, D, s.h0, s.states);
      const T* gates = s.gates + at * 3 * D;
      T* grad_gates = s.grad_gates + at * 3 * D;
      T* back = scratch + (row - from) * D;
      for (int64_t j = 0; j < D; j += Lanes<T>) {
        const int64_t left = D - j;
        const V<T> z = load(gates + j, left), n = load(gates + D + j, left), o = load(gates + 2 * D + j, left);
        const V<T> bounded = hyperbolic_tangent(load(s.states + at * D + j, left));  // cheaper than keeping it
        const V<T> grad = load(s.grad_output + at * D + j, left);
        const V<T> grad_h = load(back + j, left) + grad * o * (1 - bounded * bounded);
        const V<T> written = before == nullptr ? grad_h : grad_h * z;
        const V<T> change = before == nullptr ? V<T>{} : n - load(before + j, left);
        store(grad_gates + j, written * change * (1 - z), left);
        store(grad_gates + D + j, written, left);
        store(grad_gates + 2 * D + j, grad * bounded * o * (1 - o), left);
        store(back + j, grad_h - written, left);
      }
    }
  }
  if (s.grad_h0 == nullptr) return;
  for (int64_t row = from; row < to; ++row) {
    for (int64_t j = 0; j < D; ++j) s.grad_h0[row * D + j] = scratch[(row - from) * D + j];
  }
}
