// What the fused sequence operators share: checking their arguments and packing weights.
//
// Between libtorch's matrix products an operator runs on the thread that calls it, row after row: whoever has several cores gives each rows of
// its own, as training does. Weight gradients are matrix products over all steps and rows, whose order depends on nothing but their shape
// and libtorch's number of threads.
#pragma once

#include "sequence_kernels.h"

#include <ATen/ATen.h>
#include <c10/core/GradMode.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/library.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace rlt {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// Refuses a tensor of another shape, element type or device than its place has.
inline void expect(const at::Tensor& tensor, const char* name, at::IntArrayRef shape, at::ScalarType type) {
  if (tensor.sizes() == shape && tensor.scalar_type() == type && tensor.device().is_cpu()) return;
  std::ostringstream message;
  message << name << " must be " << c10::toString(type) << shape << " on the CPU, but is " << c10::toString(tensor.scalar_type())
          << tensor.sizes() << " on " << tensor.device().str();
  throw std::invalid_argument(message.str());
}

// The sizes of a sequence [T, B, D], which has to be float or double, of at least one step and one unit.
struct SequenceShape {
  int64_t steps, batch, width;
  at::ScalarType type;

  explicit SequenceShape(const at::Tensor& input) {
    const bool floating = input.scalar_type() == at::kFloat || input.scalar_type() == at::kDouble;
    if (input.dim() != 3 || !floating || !input.device().is_cpu() || input.size(0) == 0 || input.size(2) == 0) {
      std::ostringstream message;
      message << "input must be Float or Double [T, B, D] on the CPU with at least one step and one unit, but is "
              << c10::toString(input.scalar_type()) << input.sizes() << " on " << input.device().str();
      throw std::invalid_argument(message.str());
    }
    steps = input.size(0);
    batch = input.size(1);
    width = input.size(2);
    type = input.scalar_type();
  }
};

template <class T>
T* data_or_null(const at::Tensor& tensor) {
  return tensor.defined() ? tensor.data_ptr<T>() : nullptr;
}

inline at::Tensor contiguous_or_undefined(const at::Tensor& tensor) { return tensor.defined() ? tensor.contiguous() : tensor; }

// A recurrent weight [gates * D, D] as `multiply` reads it: by h going forward, by the gates' gradients going back.
template <class T>
at::Tensor packed(const at::Tensor& weight, bool forward) {
  const auto& kernels = sequence_kernels<T>();
  const Product product = forward ? Product{weight.size(1), weight.size(0)} : Product{weight.size(0), weight.size(1)};
  at::Tensor result = at::empty({product.inputs * kernels.padded(product.outputs)}, weight.options());
  kernels.pack(product, weight.data_ptr<T>(), forward, result.data_ptr<T>());
  return result;
}

// A backward pass is plain arithmetic that autograd does not see, so asking for its gradient is refused instead of being wrong.
inline void refuse_second_derivative(const char* name) {
  if (c10::GradMode::is_enabled()) {
    throw std::invalid_argument(std::string(name) + " has no second derivative (create_graph); use the plain composition of operators");
  }
}

}  // namespace rlt
