// rlseq::lstm: one layer of LSTM over a sequence in which episodes begin anywhere, forward and backward.
#include "sequence_operator.h"

namespace rlt {
namespace {

struct LstmPass {
  at::Tensor output, gates, previous, cells, tanh_cells;
};

LstmPass forward_pass(const SequenceShape& s, const at::Tensor& input, const at::Tensor& h, const at::Tensor& c, const at::Tensor& starts,
                      const at::Tensor& weight_ih, const at::Tensor& weight_hh, const at::Tensor& bias) {
  LstmPass pass;
  pass.gates = at::addmm(bias, input.view({s.steps * s.batch, s.width}), weight_ih.t());
  pass.output = at::empty({s.steps, s.batch, s.width}, input.options());
  pass.previous = at::empty_like(pass.output);
  pass.cells = at::empty_like(pass.output);
  pass.tanh_cells = at::empty_like(pass.output);
  AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::lstm", [&] {
    const auto& kernels = sequence_kernels<scalar_t>();
    const at::Tensor weight = packed<scalar_t>(weight_hh, true);
    const LstmForward<scalar_t> sequence{s.steps, s.batch, s.width, starts.data_ptr<bool>(), h.data_ptr<scalar_t>(), c.data_ptr<scalar_t>(),
        weight.data_ptr<scalar_t>(), pass.gates.data_ptr<scalar_t>(), pass.previous.data_ptr<scalar_t>(), pass.cells.data_ptr<scalar_t>(),
        pass.tanh_cells.data_ptr<scalar_t>(), pass.output.data_ptr<scalar_t>()};
    const at::Tensor scratch = at::empty({s.batch, kernels.padded(4 * s.width)}, input.options());
    kernels.lstm_forward(sequence, 0, s.batch, scratch.data_ptr<scalar_t>());
  });
  return pass;
}

class Lstm : public torch::autograd::Function<Lstm> {
 public:
  enum { Input, H, C, Starts, WeightIh, WeightHh, Bias };

  static variable_list forward(AutogradContext* context, const at::Tensor& input, const at::Tensor& h, const at::Tensor& c, const at::Tensor& starts,
                               const at::Tensor& weight_ih, const at::Tensor& weight_hh, const at::Tensor& bias) {
    at::AutoDispatchBelowADInplaceOrView below;
    const SequenceShape s(input);
    expect(h, "h", {s.batch, s.width}, s.type);
    expect(c, "c", {s.batch, s.width}, s.type);
    expect(starts, "starts", {s.steps, s.batch}, at::kBool);
    expect(weight_ih, "weight_ih", {4 * s.width, s.width}, s.type);
    expect(weight_hh, "weight_hh", {4 * s.width, s.width}, s.type);
    expect(bias, "bias", {4 * s.width}, s.type);
    const at::Tensor x = input.contiguous(), h0 = h.contiguous(), c0 = c.contiguous(), begins = starts.contiguous();
    const at::Tensor recurrent = weight_hh.contiguous();
    LstmPass pass = forward_pass(s, x, h0, c0, begins, weight_ih, recurrent, bias);
    context->set_materialize_grads(false);
    // The output is not needed again: `previous` has it. Where no gradient can be asked for, autograd keeps nothing.
    context->save_for_backward({x, c0, begins, weight_ih, recurrent, pass.gates, pass.previous, pass.cells, pass.tanh_cells});
    return {pass.output, pass.output.select(0, s.steps - 1).clone(), pass.cells.select(0, s.steps - 1).clone()};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::lstm");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &x = saved[0], &c0 = saved[1], &starts = saved[2], &weight_ih = saved[3], &weight_hh = saved[4];
    const at::Tensor &gates = saved[5], &previous = saved[6], &cells = saved[7], &tanh_cells = saved[8];
    const SequenceShape s(x);
    const at::Tensor grad_output = gradients[0].defined() ? gradients[0].contiguous() : at::zeros_like(previous);
    const at::Tensor grad_h = contiguous_or_undefined(gradients[1]), grad_c = contiguous_or_undefined(gradients[2]);
    const int64_t samples = s.steps * s.batch;
    at::Tensor grad_gates = at::empty_like(gates), grad_h0, grad_c0;
    if (context->needs_input_grad(H)) grad_h0 = at::empty_like(c0);
    if (context->needs_input_grad(C)) grad_c0 = at::empty_like(c0);
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::lstm", [&] {
      const auto& kernels = sequence_kernels<scalar_t>();
      const at::Tensor weight = packed<scalar_t>(weight_hh, false);
      const LstmBackward<scalar_t> sequence{s.steps, s.batch, s.width, starts.data_ptr<bool>(), c0.data_ptr<scalar_t>(), gates.data_ptr<scalar_t>(),
          cells.data_ptr<scalar_t>(), tanh_cells.data_ptr<scalar_t>(), grad_output.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_h),
          data_or_null<scalar_t>(grad_c), weight.data_ptr<scalar_t>(), grad_gates.data_ptr<scalar_t>(),
          data_or_null<scalar_t>(grad_h0), data_or_null<scalar_t>(grad_c0)};
      const at::Tensor scratch = at::empty({s.batch, 2 * kernels.padded(s.width)}, x.options());
      kernels.lstm_backward(sequence, 0, s.batch, scratch.data_ptr<scalar_t>());
    });
    variable_list results(7);
    results[H] = grad_h0;
    results[C] = grad_c0;
    if (context->needs_input_grad(Input)) results[Input] = at::mm(grad_gates, weight_ih).view({s.steps, s.batch, s.width});
    if (context->needs_input_grad(WeightIh)) results[WeightIh] = at::mm(grad_gates.t(), x.view({samples, s.width}));
    if (context->needs_input_grad(WeightHh)) results[WeightHh] = at::mm(grad_gates.t(), previous.view({samples, s.width}));
    if (context->needs_input_grad(Bias)) results[Bias] = grad_gates.sum(0);
    return results;
  }
};

std::tuple<at::Tensor, at::Tensor, at::Tensor> lstm(const at::Tensor& input, const at::Tensor& h, const at::Tensor& c, const at::Tensor& starts,
                                                    const at::Tensor& weight_ih, const at::Tensor& weight_hh, const at::Tensor& bias) {
  variable_list results = Lstm::apply(input, h, c, starts, weight_ih, weight_hh, bias);
  return {results[0], results[1], results[2]};
}

}  // namespace

void define_lstm(torch::Library& library) {
  library.def("lstm(Tensor input, Tensor h, Tensor c, Tensor starts, Tensor weight_ih, Tensor weight_hh, Tensor bias) -> (Tensor output, Tensor h, Tensor c)", &lstm);
}

}  // namespace rlt
