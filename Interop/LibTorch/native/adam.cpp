// rlseq::adam_: one step of Adam over all parameters in one pass, where libtorch needs ten over each.
#include "sequence_operator.h"

#include <algorithm>
#include <cmath>

namespace rlt {
namespace {

template <class T>
void adam_step(const AdamStep<T>& step, at::TensorList parameters, at::TensorList gradients, at::TensorList means, at::TensorList squares) {
  for (size_t i = 0; i < parameters.size(); ++i) {
    sequence_kernels<T>().adam(step, parameters[i].numel(), gradients[i].data_ptr<T>(), parameters[i].data_ptr<T>(), means[i].data_ptr<T>(), squares[i].data_ptr<T>());
  }
}

void adam_(at::TensorList parameters, at::TensorList gradients, at::TensorList means, at::TensorList squares, double learning_rate, double beta1,
           double beta2, double epsilon, int64_t steps) {
  if (parameters.empty()) return;
  if (gradients.size() != parameters.size() || means.size() != parameters.size() || squares.size() != parameters.size()) {
    throw std::invalid_argument("there must be one gradient, mean and square per parameter");
  }
  const at::ScalarType type = parameters[0].scalar_type();
  for (size_t i = 0; i < parameters.size(); ++i) {
    for (const at::Tensor* tensor : {&parameters[i], &gradients[i], &means[i], &squares[i]}) {
      expect(*tensor, "a parameter, its gradient, mean and square", parameters[i].sizes(), type);
      if (!tensor->is_contiguous()) throw std::invalid_argument("a parameter, its gradient, mean and square must be contiguous");
    }
  }
  AT_DISPATCH_FLOATING_TYPES(type, "rlseq::adam_", [&] {
    const auto cast = [](double value) { return static_cast<scalar_t>(value); };
    const double count = static_cast<double>(steps);
    const AdamStep<scalar_t> step{cast(learning_rate), cast(beta1), cast(1 - beta1), cast(1 - std::pow(beta1, count)),
                                  cast(beta2), cast(1 - beta2), cast(1 - std::pow(beta2, count)), cast(epsilon)};
    adam_step<scalar_t>(step, parameters, gradients, means, squares);
  });
  // Autograd has to notice that what it may have kept for a gradient is no longer what it was.
  for (const at::Tensor& parameter : parameters) parameter.unsafeGetTensorImpl()->bump_version();
}

}  // namespace

void define_adam(torch::Library& library) {
  library.def("adam_(Tensor(a!)[] parameters, Tensor[] gradients, Tensor(b!)[] means, Tensor(c!)[] squares, float learning_rate, float beta1, float beta2, float epsilon, int steps) -> ()", &adam_);
}

}  // namespace rlt
