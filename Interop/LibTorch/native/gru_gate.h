// The gate in the place of a Transformer layer's residual connection (GTrXL, Parisotto et al. 2020), forward and backward: with the stream
// x and the part's output y, r = sigmoid(W_r y + U_r x), z = sigmoid(W_z y + U_z x - b), n = tanh(W_g y + U_g (r x)), out = x + z (n - x).
// The products are libtorch's, for all rows at once; between two of them there is one pass over the elements.
#pragma once

#include "transformer_shape.h"

namespace rlt {

// What the backward pass needs of the forward one beside x.
struct GateActivations {
  at::Tensor part, gates, reset;  // y, [rows, D]; r z n, [rows, 3D]; r x, [rows, D]
};

// The output for a.part, which is the caller's. `first` is the place of the gate's parameters.
template <class T>
at::Tensor gate_forward(const LayerTensors& in, int first, const at::Tensor& x, GateActivations& a) {
  const auto& kernels = sequence_kernels<T>();
  const int64_t rows = x.size(0), D = x.size(1);
  const at::Tensor &part = in[first], &stream = in[first + 1], &candidate = in[first + 2], &bias = in[first + 3];
  a.gates = at::mm(a.part, part.t());
  a.reset = at::empty_like(x);
  const at::Tensor from_stream = at::mm(x, stream.t()), output = at::empty_like(x);
  const auto over = [&](void (*pass)(const Gate<T>&, int64_t)) {
    pass({D, x.data_ptr<T>(), from_stream.data_ptr<T>(), bias.data_ptr<T>(), a.gates.data_ptr<T>(), a.reset.data_ptr<T>(), output.data_ptr<T>()}, rows);
  };
  over(kernels.gate_reset);
  a.gates.narrow(1, 2 * D, D).addmm_(a.reset, candidate.t());
  over(kernels.gate_mix);
  return output;
}

// Takes `grad` from the output's gradient to that of x, puts those of the parameters in their places of `results`, and gives that of y.
template <class T>
at::Tensor gate_backward(const LayerTensors& in, int first, const at::Tensor& x, const GateActivations& a, at::Tensor& grad, variable_list& results) {
  const auto& kernels = sequence_kernels<T>();
  const int64_t rows = x.size(0), D = x.size(1);
  const at::Tensor &part = in[first], &stream = in[first + 1], &candidate = in[first + 2];
  const at::Tensor grad_gates = at::empty_like(a.gates), of_sigmoids = grad_gates.narrow(1, 0, 2 * D), of_tanh = grad_gates.narrow(1, 2 * D, D);
  const at::Tensor grad_output = grad, grad_x = at::empty_like(x);
  at::Tensor grad_reset;
  const auto over = [&](void (*pass)(const GateBackward<T>&, int64_t)) {
    pass({D, x.data_ptr<T>(), a.gates.data_ptr<T>(), grad_output.data_ptr<T>(), data_or_null<T>(grad_reset), grad_gates.data_ptr<T>(), grad_x.data_ptr<T>()}, rows);
  };
  over(kernels.gate_mix_backward);
  grad_reset = at::mm(of_tanh, candidate);
  over(kernels.gate_reset_backward);
  grad = grad_x.addmm_(of_sigmoids, stream);
  results[first] = at::mm(grad_gates.t(), a.part);
  results[first + 1] = at::mm(of_sigmoids.t(), x);
  results[first + 2] = at::mm(of_tanh.t(), a.reset);
  results[first + 3] = grad_gates.narrow(1, D, D).sum(0).neg();
  return at::mm(grad_gates, part);
}

}  // namespace rlt
