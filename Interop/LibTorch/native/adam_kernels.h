// Adam's arithmetic, element by element. Included by sequence_kernels.cpp only; the compiler vectorises the loop.

inline float root_of(float x) { return __builtin_sqrtf(x); }
inline double root_of(double x) { return __builtin_sqrt(x); }

template <class T>
void adam(const AdamStep<T>& step, int64_t count, const T* __restrict gradient, T* __restrict parameter, T* __restrict mean, T* __restrict square) {
  const T scale = 1 / root_of(step.correction2), rate = step.learning_rate / step.correction1;
  for (int64_t i = 0; i < count; ++i) {
    const T g = gradient[i];
    const T m = step.beta1 * mean[i] + step.rest1 * g;
    const T v = step.beta2 * square[i] + step.rest2 * g * g;
    mean[i] = m;
    square[i] = v;
    parameter[i] -= rate * m / (root_of(v) * scale + step.epsilon);
  }
}
