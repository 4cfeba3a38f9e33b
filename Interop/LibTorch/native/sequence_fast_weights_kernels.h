// The time loops of fast weights, for a block of rows and heads. Included by sequence_kernels.cpp only, after transformer_kernels.h.
//
// A head's state is a matrix S [K, E], keys down and values across. A step is
//   S' = a S;  w = b (v - S'^T k), or b v;  S = S' + k w^T;  r = S^T q
// and S is zero before a step that begins an episode. A row of S is a key's unit with all values, so vectors run over the values: what is
// recalled and what is read are sums down the columns, without a horizontal sum. A head's S stays in the first-level cache through all steps.
//
// The floor per step and head: 3 K E multiply-adds forward (recall, write, read). Back, the segment between two states that were kept is run
// again (2 K E), and what flows to S, q, k, v and the gates takes 8 K E: a little more than three times the forward pass.

// One step of a head: `state` from S before it to S after it. `error` gets v - S'^T k (or v), before it is weighted by b.
template <class T>
inline void fast_weight_write(int64_t keys, int64_t values, bool correct, bool begins, T keep, T write, const T* k, const T* v, T* state, T* error) {
  for (int64_t j = 0; j < values; j += Lanes<T>) {
    const int64_t left = values - j;
    V<T> wrong = load(v + j, left);
    if (correct && !begins) {
      V<T> recalled = {};
      for (int64_t i = 0; i < keys; ++i) recalled += k[i] * load(state + i * values + j, left);
      wrong -= keep * recalled;
    }
    if (error != nullptr) store(error + j, wrong, left);
    const V<T> written = write * wrong;
    for (int64_t i = 0; i < keys; ++i) {
      T* at = state + i * values + j;
      // What is there is not read where an episode begins, so that even NaN stays behind.
      store(at, begins ? k[i] * written : keep * load(at, left) + k[i] * written, left);
    }
  }
}

template <class T>
void fast_weights_forward(const FastWeightsForward<T>& s, int64_t from, int64_t to) {
  const int64_t K = s.keys, E = s.values, size = K * E;
  for (int64_t head = from; head < to; ++head) {
    T* state = s.state + head * size;
    __builtin_memcpy(state, s.initial + head * size, static_cast<size_t>(size) * sizeof(T));
    for (int64_t t = 0; t < s.steps; ++t) {
      const int64_t at = t * s.heads + head;
      if (s.kept != nullptr && t % s.segment == 0) {
        __builtin_memcpy(s.kept + (t / s.segment * s.heads + head) * size, state, static_cast<size_t>(size) * sizeof(T));
      }
      fast_weight_write<T>(K, E, s.correct, s.starts[t * s.batch + head / s.heads_per_row], s.keep[at], s.write[at], s.k + at * K, s.v + at * E, state, nullptr);
      const T* q = s.q + at * K;
      for (int64_t j = 0; j < E; j += Lanes<T>) {
        const int64_t left = E - j;
        V<T> read = {};
        for (int64_t i = 0; i < K; ++i) read += q[i] * load(state + i * E + j, left);
        store(s.read + at * E + j, read, left);
      }
    }
  }
}

// One step back. `before` is S before the step (not read where an episode begins), `after` S after it, `back` dL/dS after it without what
// this step reads; it becomes dL/dS before the step.
template <class T>
inline void fast_weight_step_back(const FastWeightsBackward<T>& s, int64_t at, bool begins, const T* before, const T* after, const T* error, T* back) {
  const int64_t K = s.keys, E = s.values;
  const T *q = s.q + at * K, *k = s.k + at * K, *grad_read = s.grad_read + at * E;
  const T keep = s.keep[at], write = s.write[at];
  T *grad_q = s.grad_q + at * K, *grad_k = s.grad_k + at * K, *grad_v = s.grad_v + at * E;
  for (int64_t i = 0; i < K; ++i) grad_q[i] = grad_k[i] = 0;
  V<T> grad_write = {}, grad_keep = {};
  for (int64_t j = 0; j < E; j += Lanes<T>) {
    const int64_t left = E - j;
    const V<T> read = load(grad_read + j, left), wrong = load(error + j, left);
    const V<T> written = write * wrong;
    V<T> grad_written = {};
    for (int64_t i = 0; i < K; ++i) {
      T* there = back + i * E + j;
      const V<T> grad = load(there, left) + q[i] * read;
      store(there, grad, left);
      grad_written += k[i] * grad;
      grad_q[i] += sum_of<T>(load(after + i * E + j, left) * read);
      if (begins) grad_k[i] += sum_of<T>(grad * written);
    }
    grad_write += grad_written * wrong;
    const V<T> grad_wrong = write * grad_written;
    store(grad_v + j, grad_wrong, left);
    if (begins) continue;
    for (int64_t i = 0; i < K; ++i) {
      T* there = back + i * E + j;
      const V<T> last = load(before + i * E + j, left);
      V<T> grad = load(there, left);
      V<T> by_key = grad * written;
      if (s.correct) {
        by_key -= keep * last * grad_wrong;
        grad -= k[i] * grad_wrong;
      }
      grad_k[i] += sum_of<T>(by_key);
      grad_keep += grad * last;
      store(there, keep * grad, left);
    }
  }
  s.grad_write[at] = sum_of<T>(grad_write);
  s.grad_keep[at] = sum_of<T>(grad_keep);
  if (begins) __builtin_memset(back, 0, static_cast<size_t>(K * E) * sizeof(T));
}

template <class T>
int64_t fast_weights_scratch(int64_t keys, int64_t values, int64_t segment) {
  return (segment + 2) * keys * values + segment * values;  // the states of a segment, one more, and dL/dS; what was wrong in each step
}

template <class T>
void fast_weights_backward(const FastWeightsBackward<T>& s, int64_t from, int64_t to, T* scratch) {
  const int64_t K = s.keys, E = s.values, size = K * E;
  T* states = scratch;  // [segment + 1, K, E]
  T* back = states + (s.segment + 1) * size;
  T* errors = back + size;  // [segment, E]
  for (int64_t head = from; head < to; ++head) {
    if (s.grad_state == nullptr) {
      __builtin_memset(back, 0, static_cast<size_t>(size) * sizeof(T));
    } else {
      __builtin_memcpy(back, s.grad_state + head * size, static_cast<size_t>(size) * sizeof(T));
    }
    for (int64_t first = (s.steps - 1) / s.segment * s.segment; first >= 0; first -= s.segment) {
      const int64_t end = first + s.segment < s.steps ? first + s.segment : s.steps;
      __builtin_memcpy(states, s.kept + (first / s.segment * s.heads + head) * size, static_cast<size_t>(size) * sizeof(T));
      for (int64_t t = first; t < end; ++t) {
        const int64_t at = t * s.heads + head;
        T* next = states + (t - first + 1) * size;
        __builtin_memcpy(next, next - size, static_cast<size_t>(size) * sizeof(T));
        fast_weight_write<T>(K, E, s.correct, s.starts[t * s.batch + head / s.heads_per_row], s.keep[at], s.write[at], s.k + at * K, s.v + at * E, next,
                             errors + (t - first) * E);
      }
      for (int64_t t = end - 1; t >= first; --t) {
        const T* before = states + (t - first) * size;
        fast_weight_step_back<T>(s, t * s.heads + head, s.starts[t * s.batch + head / s.heads_per_row], before, before + size, errors + (t - first) * E, back);
      }
    }
    if (s.grad_initial != nullptr) __builtin_memcpy(s.grad_initial + head * size, back, static_cast<size_t>(size) * sizeof(T));
  }
}
