// rlseq::gru: one layer of gated recurrent units over a sequence in which episodes begin anywhere, forward and backward.
#include "sequence_operator.h"

namespace rlt {
namespace {

struct GruPass {
  at::Tensor output, gates, candidates, previous;
};

GruPass forward_pass(const SequenceShape& s, const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& weight_ih,
                     const at::Tensor& bias_ih, const at::Tensor& weight_hh, const at::Tensor& bias_hh) {
  GruPass pass;
  pass.gates = at::addmm(bias_ih, input.view({s.steps * s.batch, s.width}), weight_ih.t());
  pass.output = at::empty({s.steps, s.batch, s.width}, input.options());
  pass.candidates = at::empty_like(pass.output);
  pass.previous = at::empty_like(pass.output);
  AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::gru", [&] {
    const auto& kernels = sequence_kernels<scalar_t>();
    const at::Tensor weight = packed<scalar_t>(weight_hh, true);
    const GruForward<scalar_t> sequence{s.steps, s.batch, s.width, starts.data_ptr<bool>(), h.data_ptr<scalar_t>(), weight.data_ptr<scalar_t>(),
        bias_hh.data_ptr<scalar_t>(), pass.gates.data_ptr<scalar_t>(), pass.candidates.data_ptr<scalar_t>(), pass.previous.data_ptr<scalar_t>(),
        pass.output.data_ptr<scalar_t>()};
    const at::Tensor scratch = at::empty({s.batch, kernels.padded(3 * s.width)}, input.options());
    kernels.gru_forward(sequence, 0, s.batch, scratch.data_ptr<scalar_t>());
  });
  return pass;
}

class Gru : public torch::autograd::Function<Gru> {
 public:
  enum { Input, H, Starts, WeightIh, BiasIh, WeightHh, BiasHh };

  static variable_list forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& weight_ih,
                               const at::Tensor& bias_ih, const at::Tensor& weight_hh, const at::Tensor& bias_hh) {
    at::AutoDispatchBelowADInplaceOrView below;
    const SequenceShape s(input);
    expect(h, "h", {s.batch, s.width}, s.type);
    expect(starts, "starts", {s.steps, s.batch}, at::kBool);
    expect(weight_ih, "weight_ih", {3 * s.width, s.width}, s.type);
    expect(bias_ih, "bias_ih", {3 * s.width}, s.type);
    expect(weight_hh, "weight_hh", {3 * s.width, s.width}, s.type);
    expect(bias_hh, "bias_hh", {3 * s.width}, s.type);
    const at::Tensor x = input.contiguous(), h0 = h.contiguous(), begins = starts.contiguous();
    const at::Tensor recurrent = weight_hh.contiguous();
    GruPass pass = forward_pass(s, x, h0, begins, weight_ih, bias_ih, recurrent, bias_hh.contiguous());
    context->set_materialize_grads(false);
    context->save_for_backward({x, begins, weight_ih, recurrent, pass.gates, pass.candidates, pass.previous});
    return {pass.output, pass.output.select(0, s.steps - 1).clone()};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::gru");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &starts = saved[1], &weight_ih = saved[2], &weight_hh = saved[3];
    const at::Tensor &gates = saved[4], &candidates = saved[5], &previous = saved[6];
    const SequenceShape s(x);
    const at::Tensor grad_output = gradients[0].defined() ? gradients[0].contiguous() : at::zeros_like(previous);
    const at::Tensor grad_h = contiguous_or_undefined(gradients[1]);
    const int64_t samples = s.steps * s.batch;
    at::Tensor by_input = at::empty_like(gates), by_state = at::empty_like(gates), grad_h0;
    if (context->needs_input_grad(H)) grad_h0 = at::empty({s.batch, s.width}, x.options());
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::gru", [&] {
      const auto& kernels = sequence_kernels<scalar_t>();
      const at::Tensor weight = packed<scalar_t>(weight_hh, false);
      const GruBackward<scalar_t> sequence{s.steps, s.batch, s.width, starts.data_ptr<bool>(), gates.data_ptr<scalar_t>(), candidates.data_ptr<scalar_t>(),
          previous.data_ptr<scalar_t>(), grad_output.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_h), weight.data_ptr<scalar_t>(),
          by_input.data_ptr<scalar_t>(), by_state.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_h0)};
      const at::Tensor scratch = at::empty({s.batch, 2 * kernels.padded(s.width)}, x.options());
      kernels.gru_backward(sequence, 0, s.batch, scratch.data_ptr<scalar_t>());
    });
    variable_list results(7);
    results[H] = grad_h0;
    if (context->needs_input_grad(Input)) results[Input] = at::mm(by_input, weight_ih).view({s.steps, s.batch, s.width});
    if (context->needs_input_grad(WeightIh)) results[WeightIh] = at::mm(by_input.t(), x.view({samples, s.width}));
    if (context->needs_input_grad(BiasIh)) results[BiasIh] = by_input.sum(0);
    if (context->needs_input_grad(WeightHh)) results[WeightHh] = at::mm(by_state.t(), previous.view({samples, s.width}));
    if (context->needs_input_grad(BiasHh)) results[BiasHh] = by_state.sum(0);
    return results;
  }
};

std::tuple<at::Tensor, at::Tensor> gru(const at::Tensor& input, const at::Tensor& h, const at::Tensor& starts, const at::Tensor& weight_ih,
                                       const at::Tensor& bias_ih, const at::Tensor& weight_hh, const at::Tensor& bias_hh) {
  variable_list results = Gru::apply(input, h, starts, weight_ih, bias_ih, weight_hh, bias_hh);
  return {results[0], results[1]};
}

}  // namespace

void define_gru(torch::Library& library) {
  library.def("gru(Tensor input, Tensor h, Tensor starts, Tensor weight_ih, Tensor bias_ih, Tensor weight_hh, Tensor bias_hh) -> (Tensor output, Tensor h)", &gru);
}

}  // namespace rlt
