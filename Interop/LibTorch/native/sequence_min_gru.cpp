// rlseq::min_gru: one layer of minimal gated recurrent units, with an output gate, over a sequence in which episodes begin anywhere,
// forward and backward. One product serves the gates of all steps, and one elementwise pass the recurrence; two products the gradients.
#include "sequence_operator.h"

namespace rlt {
namespace {

struct MinGruPass {
  at::Tensor output, gates, states;
};

MinGruPass forward_pass(const SequenceShape& s, const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& weight,
                        const at::Tensor& bias) {
  MinGruPass pass;
  pass.gates = at::addmm(bias, input.view({s.steps * s.batch, s.width}), weight.t());
  pass.output = at::empty({s.steps, s.batch, s.width}, input.options());
  pass.states = at::empty_like(pass.output);
  AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::min_gru", [&] {
    const auto& kernels = sequence_kernels<scalar_t>();
    const MinGruForward<scalar_t> sequence{s.steps, s.batch, s.width, starts.data_ptr<bool>(), h.data_ptr<scalar_t>(), pass.gates.data_ptr<scalar_t>(),
        pass.states.data_ptr<scalar_t>(), pass.output.data_ptr<scalar_t>()};
    kernels.min_gru_forward(sequence, 0, s.batch);
  });
  return pass;
}

class MinGru : public torch::autograd::Function<MinGru> {
 public:
  enum { Input, H, Starts, Weight, Bias };

  static variable_list forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& weight,
                               const at::Tensor& bias) {
    at::AutoDispatchBelowADInplaceOrView below;
    const SequenceShape s(input);
    expect(h, "h", {s.batch, s.width}, s.type);
    expect(starts, "starts", {s.steps, s.batch}, at::kBool);
    expect(weight, "weight", {3 * s.width, s.width}, s.type);
    expect(bias, "bias", {3 * s.width}, s.type);
    const at::Tensor x = input.contiguous(), h0 = h.contiguous(), begins = starts.contiguous();
    MinGruPass pass = forward_pass(s, x, h0, begins, weight, bias);
    context->set_materialize_grads(false);
    // Per sample the gates and h, 4 D beside the input; the output follows from them.
    context->save_for_backward({x, h0, begins, weight, pass.gates, pass.states});
    return {pass.output, pass.states.select(0, s.steps - 1).clone()};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::min_gru");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &h0 = saved[1], &starts = saved[2], &weight = saved[3], &gates = saved[4], &states = saved[5];
    const SequenceShape s(x);
    const at::Tensor grad_output = gradients[0].defined() ? gradients[0].contiguous() : at::zeros_like(states);
    const at::Tensor grad_h = contiguous_or_undefined(gradients[1]);
    const int64_t samples = s.steps * s.batch;
    at::Tensor grad_gates = at::empty_like(gates), grad_h0;
    if (context->needs_input_grad(H)) grad_h0 = at::empty_like(h0);
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::min_gru", [&] {
      const auto& kernels = sequence_kernels<scalar_t>();
      const MinGruBackward<scalar_t> sequence{s.steps, s.batch, s.width, starts.data_ptr<bool>(), h0.data_ptr<scalar_t>(), gates.data_ptr<scalar_t>(),
          states.data_ptr<scalar_t>(), grad_output.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_h), grad_gates.data_ptr<scalar_t>(),
          data_or_null<scalar_t>(grad_h0)};
      const at::Tensor scratch = at::empty({s.batch, s.width}, x.options());
      kernels.min_gru_backward(sequence, 0, s.batch, scratch.data_ptr<scalar_t>());
    });
    variable_list results(5);
    results[H] = grad_h0;
    if (context->needs_input_grad(Input)) results[Input] = at::mm(grad_gates, weight).view({s.steps, s.batch, s.width});
    if (context->needs_input_grad(Weight)) results[Weight] = at::mm(grad_gates.t(), x.view({samples, s.width}));
    if (context->needs_input_grad(Bias)) results[Bias] = grad_gates.sum(0);
    return results;
  }
};

std::tuple<at::Tensor, at::Tensor> min_gru(const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& weight,
                                           const at::Tensor& bias) {
  variable_list results = MinGru::apply(input, h, starts, weight, bias);
  return {results[0], results[1]};
}

}  // namespace

void define_min_gru(torch::Library& library) {
  library.def("min_gru(Tensor input, Tensor h, Tensor starts, Tensor weight, Tensor bias) -> (Tensor output, Tensor h)", &min_gru);
}

}  // namespace rlt
