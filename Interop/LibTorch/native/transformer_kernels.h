// What a Transformer layer does element by element beside its products and its attention. Included by sequence_kernels.cpp only, after
// adam_kernels.h. Sums over rows are taken in their order.

// The sum of a vector's elements, in halves.
template <class T>
inline T sum_of(V<T> value) {
  T parts[Lanes<T>];
  store(parts, value);
  for (int64_t half = Lanes<T> / 2; half > 0; half /= 2) {
    for (int64_t i = 0; i < half; ++i) parts[i] += parts[i + half];
  }
  return parts[0];
}

// out = norm(x), and every row's mean and 1 / √(variance + epsilon).
template <class T>
void norm_forward(const Norm<T>& norm, int64_t rows, const T* x, T* out, T* moments) {
  const int64_t D = norm.width;
  for (int64_t row = 0; row < rows; ++row, x += D, out += D, moments += 2) {
    V<T> total = {}, square = {};
    for (int64_t j = 0; j < D; j += Lanes<T>) total += load(x + j, D - j);
    const T mean = sum_of<T>(total) / static_cast<T>(D);
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t n = D - j;
      V<T> apart = load(x + j, n) - mean;
      if (n < Lanes<T>) {
        for (int64_t i = n; i < Lanes<T>; ++i) apart[i] = 0;
      }
      square += apart * apart;
    }
    const T share = 1 / root_of(sum_of<T>(square) / static_cast<T>(D) + norm.epsilon);
    moments[0] = mean;
    moments[1] = share;
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t n = D - j;
      store(out + j, (load(x + j, n) - mean) * share * load(norm.weight + j, n) + load(norm.bias + j, n), n);
    }
  }
}

// With y = (x - mean) · share and g = grad_out · weight, adds share · (g - mean(g) - y · mean(g·y)) to grad_x (if it is not null),
// grad_out · y to grad_weight and grad_out to grad_bias.
template <class T>
void norm_backward(const Norm<T>& norm, int64_t rows, const T* x, const T* moments, const T* grad_out, T* grad_x, T* grad_weight, T* grad_bias) {
  const int64_t D = norm.width;
  for (int64_t row = 0; row < rows; ++row, x += D, grad_out += D, moments += 2) {
    const T mean = moments[0], share = moments[1];
    V<T> total = {}, along = {};
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t n = D - j;
      const V<T> gradient = load(grad_out + j, n), y = (load(x + j, n) - mean) * share, g = gradient * load(norm.weight + j, n);
      total += g;
      along += g * y;  // g is zero behind the row's end
      store(grad_weight + j, load(grad_weight + j, n) + gradient * y, n);
      store(grad_bias + j, load(grad_bias + j, n) + gradient, n);
    }
    if (grad_x == nullptr) continue;
    const T mean_g = sum_of<T>(total) / static_cast<T>(D), mean_along = sum_of<T>(along) / static_cast<T>(D);
    T* to = grad_x + row * D;
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t n = D - j;
      const V<T> y = (load(x + j, n) - mean) * share, g = load(grad_out + j, n) * load(norm.weight + j, n);
      store(to + j, load(to + j, n) + share * (g - mean_g - y * mean_along), n);
    }
  }
}

// out = x + bias, row by row.
template <class T>
void add_bias(int64_t rows, int64_t width, const T* x, const T* __restrict bias, T* out) {
  for (int64_t row = 0; row < rows; ++row, x += width, out += width) {
    for (int64_t j = 0; j < width; ++j) out[j] = x[j] + bias[j];
  }
}

// x = max(x + bias, 0), row by row; NaN stays NaN.
template <class T>
void rectify(int64_t rows, int64_t width, const T* __restrict bias, T* x) {
  for (int64_t row = 0; row < rows; ++row, x += width) {
    for (int64_t j = 0; j < width; ++j) {
      const T sum = x[j] + bias[j];
      x[j] = sum < 0 ? 0 : sum;
    }
  }
}

// Clears the gradient where the result was zero, and adds the rest to grad_bias.
template <class T>
void rectify_backward(int64_t rows, int64_t width, const T* result, T* gradient, T* __restrict grad_bias) {
  for (int64_t row = 0; row < rows; ++row, result += width, gradient += width) {
    for (int64_t j = 0; j < width; ++j) {
      const T kept = result[j] > 0 ? gradient[j] : 0;
      gradient[j] = kept;
      grad_bias[j] += kept;
    }
  }
}

// Adds all rows to `sum`.
template <class T>
void add_rows(int64_t rows, int64_t width, const T* x, T* __restrict sum) {
  for (int64_t row = 0; row < rows; ++row, x += width) {
    for (int64_t j = 0; j < width; ++j) sum[j] += x[j];
  }
}
