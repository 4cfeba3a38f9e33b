// The time loops of the GRU, for a block of rows. Included by sequence_kernels.cpp only, after sequence_lstm_kernels.h.

template <class T>
void gru_forward(const GruForward<T>& s, int64_t from, int64_t to, T* recurrent) {
  const int64_t D = s.width, stride = padded<T>(3 * D);
  for (int64_t t = 0; t < s.steps; ++t) {
    carry(s.starts, t, s.batch, D, from, to, s.h0, s.output, s.previous);
    multiply<T>({D, 3 * D}, to - from, s.previous + (t * s.batch + from) * D, D, s.weight, recurrent);
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const T* u = recurrent + (row - from) * stride;
      T* gates = s.gates + at * 3 * D;
      for (int64_t j = 0; j < D; j += Lanes<T>) {
        const int64_t n = D - j;
        const V<T> r = sigmoid(load(gates + j, n) + load(u + j, n) + load(s.bias + j, n));
        const V<T> z = sigmoid(load(gates + D + j, n) + load(u + D + j, n) + load(s.bias + D + j, n));
        const V<T> candidate = load(u + 2 * D + j, n) + load(s.bias + 2 * D + j, n);
        const V<T> c = hyperbolic_tangent(load(gates + 2 * D + j, n) + r * candidate);
        store(gates + j, r, n);
        store(gates + D + j, z, n);
        store(gates + 2 * D + j, c, n);
        store(s.candidates + at * D + j, candidate, n);
        store(s.output + at * D + j, c + z * (load(s.previous + at * D + j, n) - c), n);
      }
    }
  }
}

template <class T>
void gru_backward(const GruBackward<T>& s, int64_t from, int64_t to, T* scratch) {
  const int64_t D = s.width, count = to - from, stride = padded<T>(D);
  T* fed_back = scratch;                 // what comes back to h through the recurrent product and through z, [rows, stride] each
  T* kept = scratch + count * stride;
  for (int64_t row = from; row < to; ++row) {
    for (int64_t j = 0; j < D; ++j) {
      fed_back[(row - from) * stride + j] = s.grad_h == nullptr ? 0 : s.grad_h[row * D + j];
      kept[(row - from) * stride + j] = 0;
    }
  }
  for (int64_t t = s.steps - 1; t >= 0; --t) {
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const bool fresh = s.starts[at];
      const T* gates = s.gates + at * 3 * D;
      T* by_input = s.grad_input_gates + at * 3 * D;
      T* by_state = s.grad_recurrent_gates + at * 3 * D;
      T* back = fed_back + (row - from) * stride;
      T* keep = kept + (row - from) * stride;
      for (int64_t j = 0; j < D; j += Lanes<T>) {
        const int64_t n = D - j;
        const V<T> r = load(gates + j, n), z = load(gates + D + j, n), c = load(gates + 2 * D + j, n);
        const V<T> h = load(s.grad_output + at * D + j, n) + load(back + j, n) + load(keep + j, n);
        const V<T> grad_c = h * (1 - z) * (1 - c * c);
        const V<T> grad_r = grad_c * load(s.candidates + at * D + j, n) * r * (1 - r);
        const V<T> grad_z = h * (load(s.previous + at * D + j, n) - c) * z * (1 - z);
        store(by_input + j, grad_r, n);
        store(by_input + D + j, grad_z, n);
        store(by_input + 2 * D + j, grad_c, n);
        store(by_state + j, grad_r, n);
        store(by_state + D + j, grad_z, n);
        store(by_state + 2 * D + j, grad_c * r, n);
        store(keep + j, fresh ? V<T>{} : h * z, n);
      }
    }
    if (t == 0 && s.grad_h0 == nullptr) break;
    multiply<T>({3 * D, D}, count, s.grad_recurrent_gates + (t * s.batch + from) * 3 * D, 3 * D, s.weight, fed_back);
    for (int64_t row = from; row < to; ++row) {
      if (s.starts[t * s.batch + row]) __builtin_memset(fed_back + (row - from) * stride, 0, static_cast<size_t>(stride) * sizeof(T));
    }
  }
  if (s.grad_h0 == nullptr) return;
  for (int64_t row = from; row < to; ++row) {
    for (int64_t j = 0; j < D; ++j) s.grad_h0[row * D + j] = fed_back[(row - from) * stride + j] + kept[(row - from) * stride + j];
  }
}
