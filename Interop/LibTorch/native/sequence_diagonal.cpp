// rlseq::diagonal: a linear recurrence with complex factors that do not depend on time, h_t = f h_(t-1) + g x_t with a
// real gain g, unit by unit, and h_t = x_t where an episode begins, over a sequence in which they begin anywhere, forward and backward.
// A row of 2N numbers holds the real parts of N units and then their imaginary parts, so that what reads h is a plain matrix.
// x is complex as well, or has M real numbers where M divides N: then unit j is driven by number j mod M.
#include "sequence_operator.h"

namespace rlt {
namespace {

// A sequence [T, B, I] of inputs to N units: I is 2N, or divides N.
struct DiagonalShape : SequenceShape {
  int64_t units, planes;  // N, 2N

  DiagonalShape(const at::Tensor& input, const at::Tensor& factor) : SequenceShape(input), units(factor.numel() / 2), planes(2 * units) {
    if (factor.dim() != 1 || factor.numel() == 0 || factor.numel() % 2 != 0) {
      std::ostringstream message;
      message << "factor must have real and imaginary parts, [2N], but is " << c10::toString(factor.scalar_type()) << factor.sizes();
      throw std::invalid_argument(message.str());
    }
    if (width == planes || units % width == 0) return;
    throw std::invalid_argument("input must have " + std::to_string(planes) + " numbers per row, or a divisor of " + std::to_string(units) +
                                " that its units share, but has " + std::to_string(width));
  }
};

class Diagonal : public torch::autograd::Function<Diagonal> {
 public:
  enum { Input, H, Starts, Factor, Gain };

  static variable_list forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& factor,
                               const at::Tensor& gain) {
    at::AutoDispatchBelowADInplaceOrView below;
    const DiagonalShape s(input, factor);
    expect(h, "h", {s.batch, s.planes}, s.type);
    expect(starts, "starts", {s.steps, s.batch}, at::kBool);
    expect(factor, "factor", {s.planes}, s.type);
    expect(gain, "gain", {s.units}, s.type);
    const at::Tensor x = input.contiguous(), h0 = h.contiguous(), begins = starts.contiguous(), factors = factor.contiguous(),
                     gains = gain.contiguous();
    at::Tensor states = at::empty({s.steps, s.batch, s.planes}, x.options());
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::diagonal", [&] {
      const auto& kernels = sequence_kernels<scalar_t>();
      const DiagonalForward<scalar_t> sequence{s.steps, s.batch, s.units, s.width, begins.data_ptr<bool>(), h0.data_ptr<scalar_t>(), factors.data_ptr<scalar_t>(),
          gains.data_ptr<scalar_t>(), x.data_ptr<scalar_t>(), states.data_ptr<scalar_t>()};
      kernels.diagonal_forward(sequence, 0, s.batch);
    });
    context->set_materialize_grads(false);
    context->save_for_backward({x, h0, begins, factors, gains, states});
    return {states, states.select(0, s.steps - 1).clone()};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::diagonal");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &h0 = saved[1], &starts = saved[2], &factor = saved[3], &gain = saved[4], &states = saved[5];
    const DiagonalShape s(x, factor);
    const at::Tensor grad_output = gradients[0].defined() ? gradients[0].contiguous() : at::zeros_like(states);
    const at::Tensor grad_h = contiguous_or_undefined(gradients[1]);
    at::Tensor grad_input = at::empty_like(x), grad_h0;
    // Of each row, to be added up in an order that no split into rows changes.
    at::Tensor grad_factor = at::empty_like(h0), grad_gain = at::empty({s.batch, s.units}, h0.options());
    if (context->needs_input_grad(H)) grad_h0 = at::empty_like(h0);
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::diagonal", [&] {
      const auto& kernels = sequence_kernels<scalar_t>();
      const DiagonalBackward<scalar_t> sequence{s.steps, s.batch, s.units, s.width, starts.data_ptr<bool>(), h0.data_ptr<scalar_t>(), factor.data_ptr<scalar_t>(),
          gain.data_ptr<scalar_t>(), x.data_ptr<scalar_t>(), states.data_ptr<scalar_t>(), grad_output.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_h), grad_input.data_ptr<scalar_t>(),
          grad_factor.data_ptr<scalar_t>(), grad_gain.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_h0)};
      const at::Tensor scratch = at::empty({s.batch, s.planes}, states.options());
      kernels.diagonal_backward(sequence, 0, s.batch, scratch.data_ptr<scalar_t>());
    });
    variable_list results(5);
    if (context->needs_input_grad(Input)) results[Input] = grad_input;
    results[H] = grad_h0;
    if (context->needs_input_grad(Factor)) results[Factor] = grad_factor.sum(0);
    if (context->needs_input_grad(Gain)) results[Gain] = grad_gain.sum(0);
    return results;
  }
};

std::tuple<at::Tensor, at::Tensor> diagonal(const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& factor,
                                            const at::Tensor& gain) {
  variable_list results = Diagonal::apply(input, h, starts, factor, gain);
  return {results[0], results[1]};
}

}  // namespace

void define_diagonal(torch::Library& library) {
  library.def("diagonal(Tensor input, Tensor h, Tensor starts, Tensor factor, Tensor gain) -> (Tensor output, Tensor h)", &diagonal);
}

}  // namespace rlt
