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
  int64_t head, padded_head;
  int64_t size = 0;
  int64_t queries, gradients;        // [D / H, 16]: a strip's queries and output gradients, transposed
  int64_t scores, slopes;            // [items, 16]: the scores, which become probabilities, and their gradients
  int64_t bias, grad_bias;           // [16 + M + 1 + 16]; [M + 16, 16], by the item's distance from the oldest one that the strip can see
  int64_t results;                   // [16, padded D / H]
  int64_t rows, grad_rows;           // [16, padded D / H]: a strip's queries and output gradients, where a head is not a whole number of vectors
  int64_t keys, values;              // [S + T, padded D / H], likewise
  int64_t grad_keys, grad_values;

  AttentionRoom(int64_t steps, int64_t slots, int64_t context, int64_t width, int64_t heads) {
    head = width / heads;
    padded_head = (head + Lanes<T> - 1) / Lanes<T> * Lanes<T>;
    const int64_t longest = context + (steps < Strip ? steps : Strip), copied = whole() ? 0 : (slots + steps) * padded_head;
    queries = take(head * Strip);
    gradients = take(head * Strip);
    scores = take(longest * Strip);
    slopes = take(longest * Strip);
    bias = take(context + 1 + 2 * Strip);
    grad_bias = take((context + Strip) * Strip);
    results = take(Strip * padded_head);
    rows = take(Strip * padded_head);
    grad_rows = take(Strip * padded_head);
    keys = take(copied);
    values = take(copied);
    grad_keys = take(copied);
    grad_values = take(copied);
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
int64_t attention_scratch(int64_t steps, int64_t slots, int64_t context, int64_t width, int64_t heads) {
  return AttentionRoom<T>(steps, slots, context, width, heads).size;
}

// A head's part of all items, memory and segment, which lie apart.
template <class T>
struct HeadItems {
  T* memory;
  int64_t memory_row, slots;
  T* segment;
  int64_t segment_row;

  Strided<T> at(int64_t item) const {
    return item < slots ? Strided<T>{memory + item * memory_row, memory_row, 1} : Strided<T>{segment + (item - slots) * segment_row, segment_row, 1};
  }

  // Runs body(from, to, items) for the part of a run of items that lies in the memory, and for the part in the segment.
  template <class Body>
  void parts(int64_t begin, int64_t end, Body body) const {
    const int64_t border = begin < slots ? (end < slots ? end : slots) : begin;
    if (begin < border) body(begin, border, at(begin));
    if (border < end) body(border, end, at(border));
  }
};

// Keys (part 0) or values (part 1) of a row and a head.
template <class T, class A>
HeadItems<T> items_of(const A& s, T* segment, T* memory, int64_t row, int64_t head, int64_t part) {
  const int64_t D = s.width, unit = head * (D / s.heads);
  return {memory + s.origin[row] * 2 * D + part * D + unit, 2 * D, s.slots, segment + row * s.steps * 3 * D + (part + 1) * D + unit, 3 * D};
}

// The same items as rows that lie side by side, filled up to whole vectors.
template <class T>
HeadItems<T> padded_items(T* copy, int64_t slots, int64_t padded_head) {
  return {copy, padded_head, slots, copy + slots * padded_head, padded_head};
}

template <class T>
void pad(const T* from, int64_t head, int64_t padded_head, T* to) {
  for (int64_t j = 0; j < padded_head; ++j) to[j] = j < head ? from[j] : 0;
}

// Where items are the right side of a product they have to be whole vectors: copies of them, if a head is not.
template <class T>
HeadItems<const T> whole_items(const AttentionRoom<T>& room, HeadItems<const T> items, int64_t begin, int64_t end, T* copy) {
  if (room.whole()) return items;
  for (int64_t j = begin; j < end; ++j) pad(items.at(j).data, room.head, room.padded_head, copy + j * room.padded_head);
  return padded_items<const T>(copy, items.slots, room.padded_head);
}

template <class T>
Strided<const T> whole_rows(const AttentionRoom<T>& room, const T* from, int64_t stride, int64_t count, T* copy) {
  if (room.whole()) return {from, stride, 1};
  for (int64_t i = 0; i < count; ++i) pad(from + i * stride, room.head, room.padded_head, copy + i * room.padded_head);
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
  const int32_t* place;       // see Attention
  const bool* kept;
  Numbers<T> first[StripVectors<T>], last[StripVectors<T>];

  StripView(const Attention<T>& s, int64_t row, int64_t from) {
    const int64_t steps = s.steps, slots = s.slots;
    const int32_t* firsts = s.first + row * steps;
    place = s.place ? s.place + row * (slots + steps) : nullptr;
    kept = s.kept ? s.kept + row * (slots + steps) : nullptr;
    count = steps - from < Strip ? steps - from : Strip;
    begin = firsts[from];
    end = slots + from + count;
    all_from = firsts[from + count - 1];
    all_to = count < Strip ? all_from : slots + from + 1;
    for (int64_t q = 0; q < Strip; ++q) {
      first[q / Lanes<T>][q % Lanes<T>] = q < count ? firsts[from + q] : 0x7fffffff;
      last[q / Lanes<T>][q % Lanes<T>] = slots + from + q;
    }
  }

  bool seen_by_all(int64_t item) const { return item >= all_from && item < all_to && (!kept || kept[item]); }

  // The item's step, M more than counted in the segment.
  int64_t place_of(int64_t item) const { return place ? place[item] : item; }

  // The value where the query sees the item, and the other elsewhere.
  V<T> where_seen(int64_t item, int64_t v, V<T> value, V<T> otherwise) const {
    const Numbers<T> number = static_cast<decltype(number[0] + 0)>(item) - Numbers<T>{};
    const Numbers<T>& lowest = kept && !kept[item] ? last[v] : first[v];
    return (lowest <= number) & (number <= last[v]) ? value : otherwise;
  }
};

// The biases of a head with a strip of room at both ends: what lies there is added to scores that are hidden.
template <class T>
void copy_bias(const T* relative, int64_t context, T* bias) {
  for (int64_t i = 0; i < Strip; ++i) bias[i] = bias[Strip + context + 1 + i] = 0;
  for (int64_t i = 0; i <= context; ++i) bias[Strip + i] = relative[i];
}

// Bias added to the scores, where the distance of an item in that place from query q is context + from + q - place.
template <class T>
inline const T* bias_of(const T* bias, int64_t context, int64_t from, int64_t place) {
  return bias + Strip + context + from - place;
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
      V<T> score = load(at) + load(bias_of(bias, context, from, view.place_of(j)) + v * Lanes<T>);
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

// Every item's products with a strip's rows: [items, 16].
template <class T>
void score(const StripView<T>& view, const HeadItems<const T>& items, int64_t head, const T* columns, T* out) {
  items.parts(view.begin, view.end, [&](int64_t from, int64_t to, Strided<const T> part) {
    product<T>(to - from, StripVectors<T>, head, part, {columns, Strip, 1}, {out + (from - view.begin) * Strip, Strip, 1});
  });
}

// Σ of items by a strip's weights [items, 16]: one row per query.
template <class T>
void gather(const StripView<T>& view, const HeadItems<const T>& items, int64_t padded_head, const T* weights, T* out) {
  items.parts(view.begin, view.end, [&](int64_t from, int64_t to, Strided<const T> part) {
    product<T>(view.count, padded_head / Lanes<T>, to - from, {weights + (from - view.begin) * Strip, 1, Strip}, part, {out, padded_head, 1}, from > view.begin);
  });
}

// To every item, a strip's rows by its weights [items, 16].
template <class T>
void scatter(const StripView<T>& view, const HeadItems<T>& items, int64_t padded_head, const T* weights, Strided<const T> rows) {
  items.parts(view.begin, view.end, [&](int64_t from, int64_t to, Strided<T> part) {
    product<T>(to - from, padded_head / Lanes<T>, view.count, {weights + (from - view.begin) * Strip, Strip, 1}, rows, part, true);
  });
}

template <class T>
void attention_forward(const AttentionForward<T>& s, int64_t row, int64_t head, T* scratch) {
  const AttentionRoom<T> room(s.steps, s.slots, s.context, s.width, s.heads);
  const int64_t D = s.width, width = room.head;
  const int32_t* first = s.first + row * s.steps;
  const T* query = s.segment + row * s.steps * 3 * D + head * width;
  T* output = s.output + row * s.steps * D + head * width;
  T* sums = s.sums + (row * s.heads + head) * 2 * s.steps;
  T *queries = scratch + room.queries, *scores = scratch + room.scores, *bias = scratch + room.bias, *results = scratch + room.results;
  const auto keys = items_of<const T>(s, s.segment, s.memory, row, head, 0);
  const auto values = whole_items(room, items_of<const T>(s, s.segment, s.memory, row, head, 1), first[0], s.slots + s.steps, scratch + room.values);
  copy_bias(s.relative + head * (s.context + 1), s.context, bias);
  for (int64_t from = 0; from < s.steps; from += Strip) {
    const StripView<T> view(s, row, from);
    transpose(query + from * 3 * D, 3 * D, view.count, width, scale_of<T>(width), queries);
    score(view, keys, width, queries, scores);
    V<T> largest[StripVectors<T>], sum[StripVectors<T>];
    soften(view, bias, s.context, from, scores, largest, sum);
    gather(view, values, room.padded_head, scores, results);
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
      V<T> weight = exponential(load(scores + at) + load(bias_of(bias, s.context, from, view.place_of(j)) + v * Lanes<T>) - largest) * share;
      if (!view.seen_by_all(j)) weight = view.where_seen(j, v, weight, V<T>{});
      store(scores + at, weight);
      mean += weight * load(slopes + at);
    }
    for (int64_t j = view.begin; j < view.end; ++j) {
      const int64_t at = (j - view.begin) * Strip + v * Lanes<T>;
      const V<T> slope = load(scores + at) * (load(slopes + at) - mean);
      T* distance = grad_bias + (view.place_of(j) - from) * Strip + v * Lanes<T>;
      store(distance, load(distance) + slope);
      store(slopes + at, slope * scale);
    }
  }
}

template <class T>
void attention_backward(const AttentionBackward<T>& s, int64_t row, int64_t head, T* scratch) {
  const AttentionRoom<T> room(s.steps, s.slots, s.context, s.width, s.heads);
  const int64_t D = s.width, length = s.slots + s.steps, width = room.head, padded_head = room.padded_head;
  const int32_t* first = s.first + row * s.steps;
  const T* query = s.segment + row * s.steps * 3 * D + head * width;
  const T* grad_output = s.grad_output + row * s.steps * D + head * width;
  T* grad_query = s.grad_segment + row * s.steps * 3 * D + head * width;
  T* grad_relative = s.grad_relative + (row * s.heads + head) * (s.context + 1);
  const T* sums = s.sums + (row * s.heads + head) * 2 * s.steps;
  T *queries = scratch + room.queries, *gradients = scratch + room.gradients, *scores = scratch + room.scores, *slopes = scratch + room.slopes;
  T *bias = scratch + room.bias, *grad_bias = scratch + room.grad_bias, *results = scratch + room.results;
  const auto keys = items_of<const T>(s, s.segment, s.memory, row, head, 0), values = items_of<const T>(s, s.segment, s.memory, row, head, 1);
  const auto whole_keys = whole_items(room, keys, first[0], length, scratch + room.keys);
  const auto grad_keys = items_of<T>(s, s.grad_segment, s.grad_memory, row, head, 0), grad_values = items_of<T>(s, s.grad_segment, s.grad_memory, row, head, 1);
  const auto to_keys = room.whole() ? grad_keys : padded_items(scratch + room.grad_keys, s.slots, padded_head);
  const auto to_values = room.whole() ? grad_values : padded_items(scratch + room.grad_values, s.slots, padded_head);
  if (!room.whole()) {
    __builtin_memset(scratch + room.grad_keys, 0, static_cast<size_t>(length * padded_head) * sizeof(T));
    __builtin_memset(scratch + room.grad_values, 0, static_cast<size_t>(length * padded_head) * sizeof(T));
  }
  __builtin_memset(grad_bias, 0, static_cast<size_t>((s.context + Strip) * Strip) * sizeof(T));
  copy_bias(s.relative + head * (s.context + 1), s.context, bias);
  const T scale = scale_of<T>(width);
  for (int64_t from = 0; from < s.steps; from += Strip) {
    const StripView<T> view(s, row, from);
    const T *own_query = query + from * 3 * D, *own_gradient = grad_output + from * D;
    transpose(own_query, 3 * D, view.count, width, scale, queries);
    transpose(own_gradient, D, view.count, width, static_cast<T>(1), gradients);
    score(view, keys, width, queries, scores);
    score(view, values, width, gradients, slopes);
    differentiate(view, s, bias, sums, from, scale, scores, slopes, grad_bias);
    scatter(view, to_values, padded_head, scores, whole_rows(room, own_gradient, D, view.count, scratch + room.grad_rows));
    scatter(view, to_keys, padded_head, slopes, whole_rows(room, own_query, 3 * D, view.count, scratch + room.rows));
    gather(view, whole_keys, padded_head, slopes, results);
    for (int64_t q = 0; q < view.count; ++q) {
      for (int64_t j = 0; j < width; ++j) grad_query[(from + q) * 3 * D + j] = results[q * padded_head + j];
    }
  }
  if (!room.whole()) {
    for (int64_t item = first[0]; item < length; ++item) {
      for (int64_t j = 0; j < width; ++j) {
        grad_keys.at(item).data[j] += to_keys.at(item).data[j];
        grad_values.at(item).data[j] += to_values.at(item).data[j];
      }
    }
  }
  // Row i of grad_bias belongs to an item M - i steps before a strip's first query, so its distance from query q is M + q - i.
  for (int64_t distance = 0; distance <= s.context; ++distance) {
    T sum = 0;
    for (int64_t q = 0; q < Strip; ++q) sum += grad_bias[(s.context + q - distance) * Strip + q];
    grad_relative[distance] = sum;
  }
}
