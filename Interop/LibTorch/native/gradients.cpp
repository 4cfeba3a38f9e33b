// rlseq::merge_gradients_: the gradients of a minibatch's parts added up and clipped, in two passes over them.
#include "sequence_operator.h"

#include <cmath>

namespace rlt {
namespace {

// `gradients` holds part after part, each with one gradient per parameter; the first part receives the sums, scaled so that their
// norm is at most `max_norm` (0: not scaled). Returns the norm before that.
at::Tensor merge_gradients_(at::TensorList gradients, int64_t parts, double max_norm) {
  if (gradients.empty() || parts < 1 || gradients.size() % static_cast<size_t>(parts) != 0) {
    throw std::invalid_argument("there must be as many gradients in each of the parts");
  }
  const size_t parameters = gradients.size() / static_cast<size_t>(parts);
  const at::ScalarType type = gradients[0].scalar_type();
  std::vector<at::Tensor> kept;
  for (size_t i = 0; i < gradients.size(); ++i) {
    expect(gradients[i], "a gradient", gradients[i % parameters].sizes(), type);
    if (i < parameters && !gradients[i].is_contiguous()) throw std::invalid_argument("the first part's gradients must be contiguous");
    kept.push_back(gradients[i].contiguous());
  }
  double squares = 0;
  AT_DISPATCH_FLOATING_TYPES(type, "rlseq::merge_gradients_", [&] {
    const auto& kernels = sequence_kernels<scalar_t>();
    for (size_t i = 0; i < parameters; ++i) {
      const int64_t count = kept[i].numel();
      scalar_t* sum = kept[i].data_ptr<scalar_t>();
      for (size_t other = parameters + i; other < kept.size(); other += parameters) kernels.add(count, kept[other].data_ptr<scalar_t>(), sum);
      squares += kernels.squares(count, sum);
    }
    const double norm = std::sqrt(squares);
    if (max_norm > 0 && !(max_norm / (norm + 1e-6) >= 1)) {
      const auto factor = static_cast<scalar_t>(max_norm / (norm + 1e-6));
      for (size_t i = 0; i < parameters; ++i) kernels.scale(kept[i].numel(), factor, kept[i].data_ptr<scalar_t>());
    }
  });
  return at::full({}, std::sqrt(squares), gradients[0].options());
}

}  // namespace

void define_gradients(torch::Library& library) {
  library.def("merge_gradients_(Tensor(a!)[] gradients, int parts, float max_norm) -> Tensor", &merge_gradients_);
}

}  // namespace rlt
