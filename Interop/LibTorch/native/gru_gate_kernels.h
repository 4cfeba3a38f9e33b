// What the gate of a residual connection does element by element, between its products. Included by sequence_kernels.cpp only, after
// sequence_vector.h. A row's numbers depend on no other row.

// r = sigmoid(W_r y + U_r x), z = sigmoid(W_z y + U_z x - b), and r x, which the next product takes.
template <class T>
void gate_reset(const Gate<T>& gate, int64_t rows) {
  const int64_t D = gate.width;
  for (int64_t row = 0; row < rows; ++row) {
    const T *x = gate.x + row * D, *stream = gate.stream + row * 2 * D;
    T *gates = gate.gates + row * 3 * D, *reset = gate.reset + row * D;
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t left = D - j;
      const V<T> r = sigmoid(load(gates + j, left) + load(stream + j, left));
      const V<T> z = sigmoid(load(gates + D + j, left) + load(stream + D + j, left) - load(gate.bias + j, left));
      store(gates + j, r, left);
      store(gates + D + j, z, left);
      store(reset + j, r * load(x + j, left), left);
    }
  }
}

// n = tanh(W_g y + U_g (r x)), and x + z (n - x).
template <class T>
void gate_mix(const Gate<T>& gate, int64_t rows) {
  const int64_t D = gate.width;
  for (int64_t row = 0; row < rows; ++row) {
    const T* from = gate.x + row * D;
    T *gates = gate.gates + row * 3 * D, *output = gate.output + row * D;
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t left = D - j;
      const V<T> n = hyperbolic_tangent(load(gates + 2 * D + j, left)), x = load(from + j, left);
      store(gates + 2 * D + j, n, left);
      store(output + j, x + load(gates + D + j, left) * (n - x), left);
    }
  }
}

// The gradients of z and n before their activation, and what of the output's flows along the stream.
template <class T>
void gate_mix_backward(const GateBackward<T>& gate, int64_t rows) {
  const int64_t D = gate.width;
  for (int64_t row = 0; row < rows; ++row) {
    const T *x = gate.x + row * D, *gates = gate.gates + row * 3 * D, *grad_output = gate.grad_output + row * D;
    T *grad_gates = gate.grad_gates + row * 3 * D, *grad_x = gate.grad_x + row * D;
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t left = D - j;
      const V<T> z = load(gates + D + j, left), n = load(gates + 2 * D + j, left), grad = load(grad_output + j, left), written = grad * z;
      store(grad_gates + D + j, written * (n - load(x + j, left)) * (1 - z), left);
      store(grad_gates + 2 * D + j, written * (1 - n * n), left);
      store(grad_x + j, grad - written, left);
    }
  }
}

// The gradient of r before its activation, and what flows through r x into x.
template <class T>
void gate_reset_backward(const GateBackward<T>& gate, int64_t rows) {
  const int64_t D = gate.width;
  for (int64_t row = 0; row < rows; ++row) {
    const T *x = gate.x + row * D, *gates = gate.gates + row * 3 * D, *grad_reset = gate.grad_reset + row * D;
    T *grad_gates = gate.grad_gates + row * 3 * D, *grad_x = gate.grad_x + row * D;
    for (int64_t j = 0; j < D; j += Lanes<T>) {
      const int64_t left = D - j;
      const V<T> r = load(gates + j, left), through = load(grad_reset + j, left) * r;
      store(grad_gates + j, through * load(x + j, left) * (1 - r), left);
      store(grad_x + j, load(grad_x + j, left) + through, left);
    }
  }
}
