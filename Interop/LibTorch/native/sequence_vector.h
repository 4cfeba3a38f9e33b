// Vectors of the width of one instruction set, and the functions of the gates. Included by sequence_kernels.cpp only, inside the
// namespace of its instruction set, so that the linker never mixes code of two.
//
// Single precision: exp is Cephes' polynomial (S. Moshier) after reduction to |r| <= ln 2 / 2; sigmoid and tanh stay within 4e-7 of
// the exact value, relative. Double precision takes the C library's functions element by element: it serves the gradient checks.

template <class T>
struct Vec;

template <>
struct Vec<float> {
  typedef float type __attribute__((vector_size(RLT_VECTOR_BYTES)));
  typedef int32_t bits __attribute__((vector_size(RLT_VECTOR_BYTES)));
};

template <>
struct Vec<double> {
  typedef double type __attribute__((vector_size(RLT_VECTOR_BYTES)));
};

template <class T>
using V = typename Vec<T>::type;

template <class T>
constexpr int64_t Lanes = RLT_VECTOR_BYTES / sizeof(T);

template <class T>
inline V<T> load(const T* from) {
  V<T> value;
  __builtin_memcpy(&value, from, sizeof(value));
  return value;
}

// The first `count` elements, zeros behind them.
template <class T>
inline V<T> load(const T* from, int64_t count) {
  if (count >= Lanes<T>) return load(from);
  V<T> value = {};
  for (int64_t i = 0; i < count; ++i) value[i] = from[i];
  return value;
}

template <class T>
inline void store(T* to, V<T> value) {
  __builtin_memcpy(to, &value, sizeof(value));
}

template <class T>
inline void store(T* to, V<T> value, int64_t count) {
  if (count >= Lanes<T>) {
    store(to, value);
  } else {
    for (int64_t i = 0; i < count; ++i) to[i] = value[i];
  }
}

// exp(x) = scale * (1 + rest), for x within ±87; NaN stays NaN.
struct Exponential {
  V<float> scale, rest;

  explicit Exponential(V<float> x) {
    const float limit = 87.0f, rounding = 12582912.0f;  // 1.5 * 2^23: adding it leaves the nearest integer in the low bits
    const V<float> above = limit - V<float>{}, below = -limit - V<float>{};
    x = x > above ? above : x;
    x = x < below ? below : x;
    const V<float> shifted = x * 1.44269504088896341f + rounding;
    const V<float> n = shifted - rounding;
    const V<float> r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
    V<float> p = r * 1.9875691500e-4f + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    rest = p * (r * r) + r;
    const Vec<float>::bits exponent = (reinterpret_cast<Vec<float>::bits>(shifted) << 23) + 0x3f800000;
    scale = reinterpret_cast<V<float>>(exponent);
  }
};

// 1 / (1 + exp(-x))
inline V<float> sigmoid(V<float> x) {
  const Exponential e(-x);
  return 1.0f / (1.0f + (e.scale * e.rest + e.scale));
}

// With m = exp(2x) - 1, formed without cancellation: m / (m + 2).
inline V<float> hyperbolic_tangent(V<float> x) {
  const Exponential e(x + x);
  const V<float> m = e.scale * e.rest + (e.scale - 1.0f);
  return m / (m + 2.0f);
}

inline V<double> sigmoid(V<double> x) {
  for (int64_t i = 0; i < Lanes<double>; ++i) x[i] = 1 / (1 + __builtin_exp(-x[i]));
  return x;
}

inline V<double> hyperbolic_tangent(V<double> x) {
  for (int64_t i = 0; i < Lanes<double>; ++i) x[i] = __builtin_tanh(x[i]);
  return x;
}
