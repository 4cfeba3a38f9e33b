// The time loops of a complex diagonal recurrence, h_t = f h_(t-1) + g x_t, for a block of rows; h_t = x_t where an episode begins. Included by sequence_kernels.cpp only,
// after sequence_vector.h.
//
// A row [2N] is two planes: the real parts of the N units, and then their imaginary parts. So a vector holds one part of neighbouring
// units, and a complex product is four real ones without any shuffle. Like min-gru's, the pass goes from the first step to the last: its
// vectors run over the units, and a parallel scan would only multiply more.
//
// An input of M real numbers, which divides N, drives N / M columns of M units each: unit j takes number j mod M, and the gradients of a
// number's units are added up in the order of the columns.
//
// Per sample of N units: 10 N operations forward, reading 2 N elements and writing 2 N (the h before is still in the nearest cache);
// 22 N backward, reading 6 N and writing 2 N. A shared input is
// read once, and stays in the nearest cache for the other columns.

// h before step t: null where an episode begins. What is there instead is not read, so that even NaN stays behind.
template <class T>
inline const T* diagonal_before(const bool* starts, int64_t t, int64_t row, int64_t batch, int64_t planes, const T* h0, const T* states) {
  const int64_t at = t * batch + row;
  if (starts[at]) return nullptr;
  return t == 0 ? h0 + row * planes : states + (at - batch) * planes;
}

template <class T>
void diagonal_forward(const DiagonalForward<T>& s, int64_t from, int64_t to) {
  const bool complex = s.inputs == 2 * s.units;
  const int64_t N = s.units, M = complex ? N : s.inputs;
  for (int64_t t = 0; t < s.steps; ++t) {
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const T* before = diagonal_before(s.starts, t, row, s.batch, 2 * N, s.h0, s.states);
      const T* input = s.input + at * s.inputs;
      T* state = s.states + at * 2 * N;
      for (int64_t column = 0; column < N; column += M) {
        for (int64_t i = 0; i < M; i += Lanes<T>) {
          const int64_t j = column + i, left = M - i;
          V<T> re = load(input + i, left), im = {};
          if (complex) im = load(input + N + i, left);
          if (before != nullptr) {
            const V<T> factor_re = load(s.factor + j, left), factor_im = load(s.factor + N + j, left);
            const V<T> last_re = load(before + j, left), last_im = load(before + N + j, left), gain = load(s.gain + j, left);
            re = re * gain + factor_re * last_re - factor_im * last_im;
            im = im * gain + factor_re * last_im + factor_im * last_re;
          }
          store(state + j, re, left);
          store(state + N + j, im, left);
        }
      }
    }
  }
}

// The gradient of h is that of its two parts, g = (dL/dRe h, dL/dIm h); going back through a product with f it is multiplied by the
// conjugate of f. `scratch` holds what flows back into h, [rows, 2N].
template <class T>
void diagonal_backward(const DiagonalBackward<T>& s, int64_t from, int64_t to, T* scratch) {
  const bool complex = s.inputs == 2 * s.units;
  const int64_t N = s.units, M = complex ? N : s.inputs;
  for (int64_t row = from; row < to; ++row) {
    for (int64_t j = 0; j < 2 * N; ++j) {
      scratch[(row - from) * 2 * N + j] = s.grad_h == nullptr ? 0 : s.grad_h[row * 2 * N + j];
      s.grad_factor[row * 2 * N + j] = 0;
    }
    for (int64_t j = 0; j < N; ++j) s.grad_gain[row * N + j] = 0;
  }
  for (int64_t t = s.steps - 1; t >= 0; --t) {
    for (int64_t row = from; row < to; ++row) {
      const int64_t at = t * s.batch + row;
      const T* before = diagonal_before(s.starts, t, row, s.batch, 2 * N, s.h0, s.states);
      const T* input = s.input + at * s.inputs;
      const T* grad_output = s.grad_output + at * 2 * N;
      T* grad_input = s.grad_input + at * s.inputs;
      T* grad_factor = s.grad_factor + row * 2 * N;
      T* grad_gain = s.grad_gain + row * N;
      T* back = scratch + (row - from) * 2 * N;
      for (int64_t column = 0; column < N; column += M) {
        for (int64_t i = 0; i < M; i += Lanes<T>) {
          const int64_t j = column + i, left = M - i;
          const V<T> re = load(back + j, left) + load(grad_output + j, left), im = load(back + N + j, left) + load(grad_output + N + j, left);
          V<T> into_re = re, into_im = im, back_re = {}, back_im = {};
          if (before != nullptr) {
            const V<T> factor_re = load(s.factor + j, left), factor_im = load(s.factor + N + j, left);
            const V<T> last_re = load(before + j, left), last_im = load(before + N + j, left), gain = load(s.gain + j, left);
            into_re = gain * re;
            into_im = gain * im;
            back_re = factor_re * re + factor_im * im;
            back_im = factor_re * im - factor_im * re;
            V<T> of_gain = re * load(input + i, left);
            if (complex) of_gain = of_gain + im * load(input + N + i, left);
            store(grad_gain + j, load(grad_gain + j, left) + of_gain, left);
            store(grad_factor + j, load(grad_factor + j, left) + (re * last_re + im * last_im), left);
            store(grad_factor + N + j, load(grad_factor + N + j, left) + (im * last_re - re * last_im), left);
          }
          if (column > 0) into_re = into_re + load(grad_input + i, left);
          store(grad_input + i, into_re, left);
          if (complex) store(grad_input + N + i, into_im, left);
          store(back + j, back_re, left);
          store(back + N + j, back_im, left);
        }
      }
    }
  }
  if (s.grad_h0 == nullptr) return;
  for (int64_t row = from; row < to; ++row) {
    for (int64_t j = 0; j < 2 * N; ++j) s.grad_h0[row * 2 * N + j] = scratch[(row - from) * 2 * N + j];
  }
}
