// Adding up gradients and measuring them. Included by sequence_kernels.cpp only, after sequence_vector.h.

template <class T>
void add(int64_t count, const T* __restrict other, T* __restrict sum) {
  for (int64_t i = 0; i < count; ++i) sum[i] += other[i];
}

template <class T>
void scale(int64_t count, T factor, T* values) {
  for (int64_t i = 0; i < count; ++i) values[i] *= factor;
}

// The sum of the squares. Blocks are summed in the element type, where little is lost in so few additions, and blocks in double
// precision. The order depends on the instruction set only.
template <class T>
double squares(int64_t count, const T* values) {
  constexpr int64_t Block = 64 * Lanes<T>;
  double sum = 0;
  for (int64_t from = 0; from < count; from += Block) {
    const int64_t to = from + Block < count ? from + Block : count;
    V<T> lanes = {};
    for (int64_t i = from; i < to; i += Lanes<T>) {
      const V<T> value = load(values + i, to - i);
      lanes += value * value;
    }
    for (int64_t i = 0; i < Lanes<T>; ++i) sum += lanes[i];
  }
  return sum;
}
