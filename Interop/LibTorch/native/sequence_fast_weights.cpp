// rlseq::fast_weights: a matrix per row and head that is written to and read from at every step of a sequence in which episodes begin
// anywhere, forward and backward. Linear attention (correct = false) and the delta rule with a forgetting factor (correct = true).
//
// Kept for the backward pass beside what goes in: S at every segment-th step only, where a segment is about the square root of the
// sequence's length, so that memory grows with the root of T; a segment's other states are computed again, one head at a time.
#include "sequence_operator.h"

#include <cmath>

namespace rlt {
namespace {

struct FastWeightsShape {
  int64_t steps, batch, heads, keys, values, segment;
  at::ScalarType type;

  FastWeightsShape(const at::Tensor& q, const at::Tensor& v) {
    const bool floating = q.scalar_type() == at::kFloat || q.scalar_type() == at::kDouble;
    if (q.dim() != 4 || v.dim() != 4 || !floating || !q.device().is_cpu() || q.size(0) == 0 || q.size(3) == 0 || v.size(3) == 0) {
      std::ostringstream message;
      message << "q and v must be Float or Double [T, B, H, K] and [T, B, H, E] on the CPU with at least one step and one unit, but are "
              << c10::toString(q.scalar_type()) << q.sizes() << " on " << q.device().str() << " and " << c10::toString(v.scalar_type()) << v.sizes();
      throw std::invalid_argument(message.str());
    }
    steps = q.size(0);
    batch = q.size(1);
    heads = q.size(2);
    keys = q.size(3);
    values = v.size(3);
    type = q.scalar_type();
    segment = static_cast<int64_t>(std::ceil(std::sqrt(static_cast<double>(steps))));
  }
};

class FastWeights : public torch::autograd::Function<FastWeights> {
 public:
  enum { Q, K, Value, Keep, Write, State, Starts, Correct };

  static variable_list forward(AutogradContext* context, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keep,
                               const at::Tensor& write, const at::Tensor& state, const at::Tensor& starts, bool correct) {
    at::AutoDispatchBelowADInplaceOrView below;
    const FastWeightsShape s(q, v);
    expect(k, "k", {s.steps, s.batch, s.heads, s.keys}, s.type);
    expect(v, "v", {s.steps, s.batch, s.heads, s.values}, s.type);
    expect(keep, "keep", {s.steps, s.batch, s.heads}, s.type);
    expect(write, "write", {s.steps, s.batch, s.heads}, s.type);
    expect(state, "state", {s.batch, s.heads, s.keys, s.values}, s.type);
    expect(starts, "starts", {s.steps, s.batch}, at::kBool);
    const at::Tensor q_ = q.contiguous(), k_ = k.contiguous(), v_ = v.contiguous(), keep_ = keep.contiguous(), write_ = write.contiguous();
    const at::Tensor initial = state.contiguous(), begins = starts.contiguous();
    at::Tensor read = at::empty_like(v_), last = at::empty_like(initial);
    at::Tensor kept;
    if (q.requires_grad() || k.requires_grad() || v.requires_grad() || keep.requires_grad() || write.requires_grad() || state.requires_grad()) {
      kept = at::empty({(s.steps + s.segment - 1) / s.segment, s.batch, s.heads, s.keys, s.values}, initial.options());
    }
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::fast_weights", [&] {
      const auto& kernels = sequence_kernels<scalar_t>();
      const FastWeightsForward<scalar_t> sequence{s.steps, s.batch, s.batch * s.heads, s.heads, s.keys, s.values, s.segment, correct, begins.data_ptr<bool>(),
          q_.data_ptr<scalar_t>(), k_.data_ptr<scalar_t>(), v_.data_ptr<scalar_t>(), keep_.data_ptr<scalar_t>(), write_.data_ptr<scalar_t>(),
          initial.data_ptr<scalar_t>(), data_or_null<scalar_t>(kept), last.data_ptr<scalar_t>(), read.data_ptr<scalar_t>()};
      kernels.fast_weights_forward(sequence, 0, s.batch * s.heads);
    });
    context->set_materialize_grads(false);
    context->saved_data["correct"] = correct;
    context->save_for_backward({q_, k_, v_, keep_, write_, begins, kept});
    return {read, last};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::fast_weights");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &q = saved[0], &k = saved[1], &v = saved[2], &keep = saved[3], &write = saved[4], &starts = saved[5], &kept = saved[6];
    const FastWeightsShape s(q, v);
    const bool correct = context->saved_data["correct"].toBool();
    const at::Tensor grad_read = gradients[0].defined() ? gradients[0].contiguous() : at::zeros_like(v);
    const at::Tensor grad_state = contiguous_or_undefined(gradients[1]);
    at::Tensor grad_q = at::empty_like(q), grad_k = at::empty_like(k), grad_v = at::empty_like(v), grad_keep = at::empty_like(keep), grad_write = at::empty_like(write);
    at::Tensor grad_initial;
    if (context->needs_input_grad(State)) grad_initial = at::empty({s.batch, s.heads, s.keys, s.values}, q.options());
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::fast_weights", [&] {
      const auto& kernels = sequence_kernels<scalar_t>();
      const FastWeightsBackward<scalar_t> sequence{s.steps, s.batch, s.batch * s.heads, s.heads, s.keys, s.values, s.segment, correct, starts.data_ptr<bool>(),
          q.data_ptr<scalar_t>(), k.data_ptr<scalar_t>(), v.data_ptr<scalar_t>(), keep.data_ptr<scalar_t>(), write.data_ptr<scalar_t>(),
          kept.data_ptr<scalar_t>(), grad_read.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_state), grad_q.data_ptr<scalar_t>(), grad_k.data_ptr<scalar_t>(),
          grad_v.data_ptr<scalar_t>(), grad_keep.data_ptr<scalar_t>(), grad_write.data_ptr<scalar_t>(), data_or_null<scalar_t>(grad_initial)};
      std::vector<scalar_t> scratch(static_cast<size_t>(kernels.fast_weights_scratch(s.keys, s.values, s.segment)));  // of one head
      kernels.fast_weights_backward(sequence, 0, s.batch * s.heads, scratch.data());
    });
    variable_list results(8);
    if (context->needs_input_grad(Q)) results[Q] = grad_q;
    if (context->needs_input_grad(K)) results[K] = grad_k;
    if (context->needs_input_grad(Value)) results[Value] = grad_v;
    if (context->needs_input_grad(Keep)) results[Keep] = grad_keep;
    if (context->needs_input_grad(Write)) results[Write] = grad_write;
    results[State] = grad_initial;
    return results;
  }
};

std::tuple<at::Tensor, at::Tensor> fast_weights(const at::Tensor& q, const at::Tensor& k, const at::Tensor& v, const at::Tensor& keep, const at::Tensor& write,
                                                const at::Tensor& state, const at::Tensor& starts, bool correct) {
  variable_list results = FastWeights::apply(q, k, v, keep, write, state, starts, correct);
  return {results[0], results[1]};
}

}  // namespace

void define_fast_weights(torch::Library& library) {
  library.def("fast_weights(Tensor q, Tensor k, Tensor v, Tensor keep, Tensor write, Tensor state, Tensor starts, bool correct) -> (Tensor read, Tensor state)",
              &fast_weights);
}

}  // namespace rlt
