// Attention of one row and one head, forward and backward. Included by sequence_kernels.cpp only, after sequence_vector.h.
//
// The queries come in strips of 16, and what a strip sees is one run of items: from the first item of its first query to the last
// query's own. Its scores are a matrix [items, 16] in which a vector holds one item's scores with neighbouring queries. So keys, values
// and gradients are read and written where they lie; maxima and sums go down the columns; a distance's biases stand side by side; and a
// strip's numbers stay in the first-level cache. What the window, an episode's beginning or an empty memory hides is never computed, but
// for the two triangles at a strip's ends. The backward pass computes the scores again instead of reading them back.

constexpr int64_t Strip = 16;

template <class T>
constexpr int64_t StripVectors = Strip / Lanes<T>;

// Integers as wide as T, to number a vector's elements.
template <class T>
struct Lane;

template <>
struct Lane<float> {
  typedef int32_t type __attribute__((vector_size(RLT_VECTOR_BYTES)));
};

template <>
struct Lane<double> {
  typedef int64_t type __attribute__((vector_size(RLT_VECTOR_BYTES)));
};

template <class T>
using Numbers = typename Lane<T>::type;

inline V<float> exponential(V<float> x) {
  const Exponential e(x);
  return e.scale * e.rest + e.scale;
}

inline V<double> exponential(V<double> x) {
  for (int64_t i = 0; i < Lanes<double>; ++i) x[i] = __builtin_exp(x[i]);
  return x;
}

// A matrix of `rows` with a distance between its rows (and between its columns, where it is read transposed).
template <class T>
struct Strided {
  T* data;
  int64_t row, column;
};

#if RLT_VECTOR_BYTES == 64
constexpr int BlockSums = 24;  // of 32 registers
constexpr int MostRows = 12;
#else
constexpr int BlockSums = 8;   // of 16
constexpr int MostRows = 8;
#endif

template <int N>
constexpr int BlockRows = BlockSums / N < MostRows ? BlockSums / N : MostRows;

// R rows and N vectors of c = a b, or c += a b; the sums of an element run over k in order, whatever R and N are.
template <class T, int R, int N>
inline void block(Strided<const T> a, Strided<const T> b, int64_t inputs, Strided<T> c, bool add) {
  V<T> sum[R][N];
#pragma GCC unroll 16
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < N; ++v) sum[r][v] = add ? load(c.data + r * c.row + v * Lanes<T>) : V<T>{};
  }
  const T* x = a.data;
  const T* y = b.data;
  for (int64_t k = 0; k < inputs; ++k, x += a.column, y += b.row) {
    V<T> right[N];
#pragma GCC unroll 4
    for (int v = 0; v < N; ++v) right[v] = load(y + v * Lanes<T>);
#pragma GCC unroll 16
    for (int r = 0; r < R; ++r) {
      const T left = x[r * a.row];
#pragma GCC unroll 4
      for (int v = 0; v < N; ++v) sum[r][v] += left * right[v];
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; ++r) {
#pragma GCC unroll 4
    for (int v = 0; v < N; ++v) store(c.data + r * c.row + v * Lanes<T>, sum[r][v]);
  }
}

template <class T, int R, int N>
inline void block_of(int64_t rows, Strided<const T> a, Strided<const T> b, int64_t inputs, Strided<T> c, bool add) {
  if constexpr (R > 1) {
    if (rows < R) {
      block_of<T, R - 1, N>(rows, a, b, inputs, c, add);
      return;
    }
  }
  block<T, R, N>(a, b, inputs, c, add);
}

// N vectors of columns, all rows, in blocks of nearly equal height.
template <class T, int N>
void columns(int64_t rows, Strided<const T> a, Strided<const T> b, int64_t inputs, Strided<T> c, bool add) {
  const int64_t blocks = (rows + BlockRows<N> - 1) / BlockRows<N>;
  for (int64_t i = 0; i < blocks; ++i) {
    const int64_t from = rows * i / blocks, to = rows * (i + 1) / blocks;
    block_of<T, BlockRows<N>, N>(to - from, {a.data + from * a.row, a.row, a.column}, b, inputs, {c.data + from * c.row, c.row, 1}, add);
  }
}

// c [rows, vectors] = a [rows, inputs] b [inputs, vectors], or added to c. Columns are whole vectors.
template <class T>
void product(int64_t rows, int64_t vectors, int64_t inputs, Strided<const T> a, Strided<const T> b, Strided<T> c, bool add = false) {
  for (; vectors >= 4 || vectors == 3;) {
    const int64_t taken = vectors >= 4 && BlockSums >= 16 ? 4 : 2;
    if (taken == 4) columns<T, 4>(rows, a, b, inputs, c, add);
    else columns<T, 2>(rows, a, b, inputs, c, add);
    b.data += taken * Lanes<T>;
    c.data += taken * Lanes<T>;
    vectors -= taken;
  }
  if (vectors == 2) columns<T, 2>(rows, a, b, inputs, c, add);
  if (vectors == 1) columns<T, 1>(rows, a, b, inputs, c, add);
}

// Where a pass keeps what; all in elements of one array.
template <class T>
struct AttentionRoom {
  int64_t head, padded_head, items;
  int64_t size = 0;
  int64_t queries, gradients;  // [D / H, 16]: a strip's queries and output gradients, transposed
  int64_t scores, slopes;      // [items, 16]: the scores, which become probabilities, and their gradients
  int64_t bias, grad_bias;     // [16 + M + 1 + 16]; [M + 16, 16], by the item's distance from the strip's first
  int64_t keys, values;        // [M + T, padded D / H]: copies, where a head is not a whole number of vectors
  int64_t grad_keys, grad_values;
  int64_t rows, grad_rows;     // [16, padded D / H]: a strip's queries and output gradients, likewise
  int64_t results;             // [16, padded D / H]

  AttentionRoom(int64_t steps, int64_t context, int64_t width, int64_t heads) {
    head = width / heads;
    padded_head = (head + Lanes<T> - 1) / Lanes<T> * Lanes<T>;
    const int64_t longest = context + (steps < Strip ? steps : Strip), copied = (context + steps) * padded_head;
    queries = take(head * Strip);
    gradients = take(head * Strip);
    scores = take(longest * Strip);
    slopes = take(longest * Strip);
    bias = take(context + 1 + 2 * Strip);
    grad_bias = take((context + Strip) * Strip);
    results = take(Strip * padded_head);
    rows = take(Strip * padded_head);
    grad_rows = take(Strip * padded_head);
    keys = take(whole() ? 0 : copied);
    values = take(whole() ? 0 : copied);
    grad_keys = take(whole() ? 0 : copied);
    grad_values = take(whole() ? 0 : copied);
  }

  bool whole() const { return head == padded_head; }

 private:
  int64_t take(int64_t count) {
    const int64_t at = size;
    size += (count + 15) / 16 * 16;
    return at;
  }
};

template <class T>
int64_t attention_scratch(int64_t steps, int64_t context, int64_t width, int64_t heads) {
  return AttentionRoom<T>(steps, context, width, heads).size;
}

// `count` rows of a head, side by side and filled up with zeros, where the head is not a whole number of vectors; else where they lie.
template <class T>
Strided<const T> head_rows(const AttentionRoom<T>& room, const T* from, int64_t stride, int64_t first, int64_t last, T* copy) {
  if (room.whole()) return {from, stride, 1};
  for (int64_t i = first; i < last; ++i) {
    for (int64_t j = 0; j < room.padded_head; ++j) copy[i * room.padded_head + j] = j < room.head ? from[i * stride + j] : 0;
  }
  return {copy, room.padded_head, 1};
}

// A strip's rows as columns, times a number; zeros where the strip is not full.
template <class T>
void transpose(const T* rows, int64_t stride, int64_t count, int64_t head, T scale, T* out) {
  for (int64_t k = 0; k < head; ++k) {
    for (int64_t q = 0; q < count; ++q) out[k * Strip + q] = rows[q * stride + k] * scale;
    for (int64_t q = count; q < Strip; ++q) out[k * Strip + q] = 0;
  }
}

// Which items the queries of a strip see.
template <class T>
struct StripView {
  int64_t begin, end;         // of all of its queries together
  int64_t all_from, all_to;   // seen by every query of a full strip
  int64_t count;              // queries
  Numbers<T> first[StripVectors<T>], last[StripVectors<T>];

  StripView(const int32_t* firsts, int64_t from, int64_t steps, int64_t context) {
    count = steps - from < Strip ? steps - from : Strip;
    begin = firsts[from];
    end = context + from + count;
    all_from = firsts[from + count - 1];
    all_to = count < Strip ? all_from : context + from + 1;
    for (int64_t q = 0; q < Strip; ++q) {
      first[q / Lanes<T>][q % Lanes<T>] = q < count ? firsts[from + q] : 0x7fffffff;
      last[q / Lanes<T>][q % Lanes<T>] = context + from + q;
    }
  }

  bool seen_by_all(int64_t item) const { return item >= all_from && item < all_to; }

  // The value where the query sees the item, and the other elsewhere.
  V<T> where_seen(int64_t item, int64_t v, V<T> value, V<T> otherwise) const {
    const Numbers<T> number = static_cast<decltype(number[0] + 0)>(item) - Numbers<T>{};
    return (first[v] <= number) & (number <= last[v]) ? value : otherwise;
  }
};

// The biases of a head with a strip of room at both ends: what lies there is added to scores that are hidden.
template <class T>
void copy_bias(const T* relative, int64_t context, T* bias) {
  for (int64_t i = 0; i < Strip; ++i) bias[i] = bias[Strip + context + 1 + i] = 0;
  for (int64_t i = 0; i <= context; ++i) bias[Strip + i] = relative[i];
}

// Bias added to the scores, where the item's distance from query q is context + from + q - item.
template <class T>
inline const T* bias_of(const T* bias, int64_t context, int64_t from, int64_t item) {
  return bias + Strip + context + from - item;
}

// Scores become exp(score - largest), hidden ones 0; gives the largest and the sums.
template <class T>
void soften(const StripView<T>& view, const T* bias, int64_t context, int64_t from, T* scores, V<T>* largest, V<T>* sum) {
  const V<T> nothing = static_cast<T>(-__builtin_inf()) - V<T>{};
  for (int64_t v = 0; v < StripVectors<T>; ++v) {
    T* column = scores + v * Lanes<T>;
    V<T> most = nothing, total = {};
    for (int64_t j = view.begin; j < view.end; ++j) {
      T* at = column + (j - view.begin) * Strip;
      V<T> score = load(at) + load(bias_of(bias, context, from, j) + v * Lanes<T>);
      if (!view.seen_by_all(j)) score = view.where_seen(j, v, score, nothing);
      store(at, score);
      most = score > most ? score : most;
    }
    for (int64_t j = view.begin; j < view.end; ++j) {
      T* at = column + (j - view.begin) * Strip;
      V<T> weight = exponential(load(at) - most);
      if (!view.seen_by_all(j)) weight = view.where_seen(j, v, weight, V<T>{});
      store(at, weight);
      total += weight;
    }
    largest[v] = most;
    sum[v] = total;
  }
}

template <class T>
T scale_of(int64_t head) {
  return static_cast<T>(1 / __builtin_sqrt(static_cast<double>(head)));
}

template <class T>
void attention_forward(const AttentionForward<T>& s, int64_t row, int64_t head, T* scratch) {
  const AttentionRoom<T> room(s.steps, s.context, s.width, s.heads);
  const int64_t D = s.width, length = s.context + s.steps, width = room.head, vectors = room.padded_head / Lanes<T>;
  const int32_t* first = s.first + row * s.steps;
  const T* items = s.items + row * length * 2 * D + head * width;
  const T* query = s.query + row * s.steps * D + head * width;
  T* output = s.output + row * s.steps * D + head * width;
  T* sums = s.sums + (row * s.heads + head) * 2 * s.steps;
  T *queries = scratch + room.queries, *scores = scratch + room.scores, *bias = scratch + room.bias, *results = scratch + room.results;
  const Strided<const T> values = head_rows<T>(room, items + D, 2 * D, first[0], length, scratch + room.values);
  copy_bias(s.relative + head * (s.context + 1), s.context, bias);
  for (int64_t from = 0; from < s.steps; from += Strip) {
    const StripView<T> view(first, from, s.steps, s.context);
    const int64_t seen = view.end - view.begin;
    transpose(query + from * D, D, view.count, width, scale_of<T>(width), queries);
    product<T>(seen, StripVectors<T>, width, {items + view.begin * 2 * D, 2 * D, 1}, {queries, Strip, 1}, {scores, Strip, 1});
    V<T> largest[StripVectors<T>], sum[StripVectors<T>];
    soften(view, bias, s.context, from, scores, largest, sum);
    product<T>(view.count, vectors, seen, {scores, 1, Strip}, {values.data + view.begin * values.row, values.row, 1}, {results, room.padded_head, 1});
    for (int64_t q = 0; q < view.count; ++q) {
      const T share = 1 / sum[q / Lanes<T>][q % Lanes<T>];
      sums[from + q] = largest[q / Lanes<T>][q % Lanes<T>];
      sums[s.steps + from + q] = share;
      for (int64_t j = 0; j < width; ++j) output[(from + q) * D + j] = results[q * room.padded_head + j] * share;
    }
  }
}

// Scores become probabilities P, and the gradients of P those of the scores, P (∂P - Σ P ∂P), times the queries' scale; added to
// grad_bias unscaled.
template <class T>
void differentiate(const StripView<T>& view, const Attention<T>& s, const T* bias, const T* sums, int64_t from, T scale, T* scores, T* slopes, T* grad_bias) {
  for (int64_t v = 0; v < StripVectors<T>; ++v) {
    V<T> largest = {}, share = {}, mean = {};
    for (int64_t i = 0; i < Lanes<T> && v * Lanes<T> + i < view.count; ++i) {
      largest[i] = sums[from + v * Lanes<T> + i];
      share[i] = sums[s.steps + from + v * Lanes<T> + i];
    }
    for (int64_t j = view.begin; j < view.end; ++j) {
      const int64_t at = (j - view.begin) * Strip + v * Lanes<T>;
      V<T> weight = exponential(load(scores + at) + load(bias_of(bias, s.context, from, j) + v * Lanes<T>) - largest) * share;
      if (!view.seen_by_all(j)) weight = view.where_seen(j, v, weight, V<T>{});
      store(scores + at, weight);
      mean += weight * load(slopes + at);
    }
    for (int64_t j = view.begin; j < view.end; ++j) {
      const int64_t at = (j - view.begin) * Strip + v * Lanes<T>;
      const V<T> slope = load(scores + at) * (load(slopes + at) - mean);
      T* distance = grad_bias + (j - from) * Strip + v * Lanes<T>;
      store(distance, load(distance) + slope);
      store(slopes + at, slope * scale);
    }
  }
}

template <class T>
void attention_backward(const AttentionBackward<T>& s, int64_t row, int64_t head, T* scratch) {
  const AttentionRoom<T> room(s.steps, s.context, s.width, s.heads);
  const int64_t D = s.width, length = s.context + s.steps, width = room.head, padded_head = room.padded_head, vectors = padded_head / Lanes<T>;
  const int32_t* first = s.first + row * s.steps;
  const T* items = s.items + row * length * 2 * D + head * width;
  const T* query = s.query + row * s.steps * D + head * width;
  const T* grad_output = s.grad_output + row * s.steps * D + head * width;
  T* grad_query = s.grad_query + row * s.steps * D + head * width;
  T* grad_items = s.grad_items + row * length * 2 * D + head * width;
  T* grad_relative = s.grad_relative + (row * s.heads + head) * (s.context + 1);
  const T* sums = s.sums + (row * s.heads + head) * 2 * s.steps;
  T *queries = scratch + room.queries, *gradients = scratch + room.gradients, *scores = scratch + room.scores, *slopes = scratch + room.slopes;
  T *bias = scratch + room.bias, *grad_bias = scratch + room.grad_bias, *results = scratch + room.results;
  const Strided<const T> keys = head_rows<T>(room, items, 2 * D, first[0], length, scratch + room.keys);
  const Strided<T> grad_keys = room.whole() ? Strided<T>{grad_items, 2 * D, 1} : Strided<T>{scratch + room.grad_keys, padded_head, 1};
  const Strided<T> grad_values = room.whole() ? Strided<T>{grad_items + D, 2 * D, 1} : Strided<T>{scratch + room.grad_values, padded_head, 1};
  for (int64_t i = 0; i < length; ++i) {
    __builtin_memset(grad_keys.data + i * grad_keys.row, 0, static_cast<size_t>(padded_head) * sizeof(T));
    __builtin_memset(grad_values.data + i * grad_values.row, 0, static_cast<size_t>(padded_head) * sizeof(T));
  }
  __builtin_memset(grad_bias, 0, static_cast<size_t>((s.context + Strip) * Strip) * sizeof(T));
  copy_bias(s.relative + head * (s.context + 1), s.context, bias);
  const T scale = scale_of<T>(width);
  for (int64_t from = 0; from < s.steps; from += Strip) {
    const StripView<T> view(first, from, s.steps, s.context);
    const int64_t seen = view.end - view.begin;
    const T *own_query = query + from * D, *own_gradient = grad_output + from * D;
    transpose(own_query, D, view.count, width, scale, queries);
    transpose(own_gradient, D, view.count, width, static_cast<T>(1), gradients);
    const Strided<const T> q = head_rows<T>(room, own_query, D, 0, view.count, scratch + room.rows);
    const Strided<const T> g = head_rows<T>(room, own_gradient, D, 0, view.count, scratch + room.grad_rows);
    product<T>(seen, StripVectors<T>, width, {items + view.begin * 2 * D, 2 * D, 1}, {queries, Strip, 1}, {scores, Strip, 1});
    product<T>(seen, StripVectors<T>, width, {items + view.begin * 2 * D + D, 2 * D, 1}, {gradients, Strip, 1}, {slopes, Strip, 1});
    differentiate(view, s, bias, sums, from, scale, scores, slopes, grad_bias);
    product<T>(seen, vectors, view.count, {scores, Strip, 1}, g, {grad_values.data + view.begin * grad_values.row, grad_values.row, 1}, true);
    product<T>(seen, vectors, view.count, {slopes, Strip, 1}, q, {grad_keys.data + view.begin * grad_keys.row, grad_keys.row, 1}, true);
    product<T>(view.count, vectors, seen, {slopes, 1, Strip}, {keys.data + view.begin * keys.row, keys.row, 1}, {results, padded_head, 1});
    for (int64_t i = 0; i < view.count; ++i) {
      for (int64_t j = 0; j < width; ++j) grad_query[(from + i) * D + j] = results[i * padded_head + j];
    }
  }
  if (!room.whole()) {
    for (int64_t i = 0; i < length; ++i) {
      for (int64_t j = 0; j < width; ++j) {
        grad_items[i * 2 * D + j] = grad_keys.data[i * padded_head + j];
        grad_items[i * 2 * D + D + j] = grad_values.data[i * padded_head + j];
      }
    }
  }
  // Entry (i, q) of grad_bias belongs to the item i steps after the strip's first query's oldest one: the distance is M + q - i.
  for (int64_t distance = 0; distance <= s.context; ++distance) {
    T sum = 0;
    for (int64_t q = 0; q < Strip; ++q) sum += grad_bias[(s.context + q - distance) * Strip + q];
    grad_relative[distance] = sum;
  }
}
