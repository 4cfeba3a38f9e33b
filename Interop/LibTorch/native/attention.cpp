// rlseq::windowed_attention: attention over [memory M | segment T], causal, at most M steps back and within the episode.
#include "sequence_operator.h"

namespace rlt {
namespace {

struct AttentionShape {
  int64_t batch, steps, context, width, heads;
  at::ScalarType type;

  AttentionShape(const at::Tensor& query, const at::Tensor& items, const at::Tensor& relative, const at::Tensor& count, const at::Tensor& starts) {
    type = query.scalar_type();
    const bool floating = type == at::kFloat || type == at::kDouble;
    if (query.dim() != 3 || !floating || !query.device().is_cpu() || query.size(1) == 0 || relative.dim() != 2 || relative.size(0) == 0 || relative.size(1) == 0 ||
        query.size(2) == 0 || query.size(2) % relative.size(0) != 0) {
      std::ostringstream message;
      message << "query must be Float or Double [B, T, D] on the CPU with at least one step, and relative [H, M + 1] with H dividing D, but they are "
              << c10::toString(type) << query.sizes() << " on " << query.device().str() << " and " << relative.sizes();
      throw std::invalid_argument(message.str());
    }
    batch = query.size(0);
    steps = query.size(1);
    width = query.size(2);
    heads = relative.size(0);
    context = relative.size(1) - 1;
    expect(items, "items", {batch, context + steps, 2 * width}, type);
    expect(relative, "relative", {heads, context + 1}, type);
    expect(count, "count", {batch, 1}, type);
    expect(starts, "starts", {steps, batch}, at::kBool);
  }
};

// The first item that every query sees, [B, T]: not before the episode, nor more than M steps back.
at::Tensor first_items(const AttentionShape& s, const at::Tensor& count, const at::Tensor& starts) {
  const at::Tensor counts = count.to(at::kDouble).contiguous(), begins = starts.contiguous();
  at::Tensor first = at::empty({s.batch, s.steps}, at::kInt);
  const double* remembered = counts.data_ptr<double>();
  const bool* begin = begins.data_ptr<bool>();
  int32_t* out = first.data_ptr<int32_t>();
  for (int64_t row = 0; row < s.batch; ++row) {
    int64_t episode = s.context - std::min(std::max(static_cast<int64_t>(remembered[row]), int64_t{0}), s.context);
    for (int64_t t = 0; t < s.steps; ++t) {
      if (begin[t * s.batch + row]) episode = s.context + t;
      out[row * s.steps + t] = static_cast<int32_t>(std::max(episode, t));
    }
  }
  return first;
}

// Runs body(row, head, scratch) for every row and head; they write nothing in common.
template <class T, class Body>
void over_heads(const AttentionShape& s, const at::TensorOptions& options, Body body) {
  constexpr int64_t worth_waking = 1 << 18;  // multiply-adds for which another thread pays
  const int64_t each = s.steps * (s.context + 1) * (s.width / s.heads), size = sequence_kernels<T>().attention_scratch(s.steps, s.context, s.width, s.heads);
  at::parallel_for(0, s.batch * s.heads, std::max(worth_waking / each, int64_t{1}), [&](int64_t from, int64_t to) {
    at::Tensor scratch = at::empty({size}, options);
    for (int64_t i = from; i < to; ++i) body(i / s.heads, i % s.heads, scratch.data_ptr<T>());
  });
}

class WindowedAttention : public torch::autograd::Function<WindowedAttention> {
 public:
  enum { Query, Items, Relative, Count, Starts };

  static at::Tensor forward(AutogradContext* context, const at::Tensor& query, const at::Tensor& items, const at::Tensor& relative, const at::Tensor& count,
                            const at::Tensor& starts) {
    at::AutoDispatchBelowADInplaceOrView below;
    const AttentionShape s(query, items, relative, count, starts);
    const at::Tensor q = query.contiguous(), kv = items.contiguous(), bias = relative.contiguous(), first = first_items(s, count, starts);
    at::Tensor output = at::empty_like(q), sums = at::empty({s.batch, s.heads, 2, s.steps}, q.options());
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::windowed_attention", [&] {
      AttentionForward<scalar_t> pass;
      describe<scalar_t>(s, q, kv, bias, first, sums, pass);
      pass.output = output.data_ptr<scalar_t>();
      over_heads<scalar_t>(s, q.options(), [&](int64_t row, int64_t head, scalar_t* scratch) { sequence_kernels<scalar_t>().attention_forward(pass, row, head, scratch); });
    });
    context->save_for_backward({q, kv, bias, first, sums, count, starts});
    return output;
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::windowed_attention");
    const variable_list saved = context->get_saved_variables();
    const at::Tensor &q = saved[0], &kv = saved[1], &bias = saved[2], &first = saved[3], &sums = saved[4];
    const AttentionShape s(q, kv, bias, saved[5], saved[6]);
    const at::Tensor grad_output = gradients[0].contiguous();
    at::Tensor grad_query = at::empty_like(q), grad_items = at::empty_like(kv), grad_relative = at::empty({s.batch, s.heads, s.context + 1}, q.options());
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::windowed_attention", [&] {
      AttentionBackward<scalar_t> pass;
      describe<scalar_t>(s, q, kv, bias, first, sums, pass);
      pass.grad_output = grad_output.data_ptr<scalar_t>();
      pass.grad_query = grad_query.data_ptr<scalar_t>();
      pass.grad_items = grad_items.data_ptr<scalar_t>();
      pass.grad_relative = grad_relative.data_ptr<scalar_t>();
      over_heads<scalar_t>(s, q.options(), [&](int64_t row, int64_t head, scalar_t* scratch) { sequence_kernels<scalar_t>().attention_backward(pass, row, head, scratch); });
    });
    variable_list results(5);
    results[Query] = grad_query;
    results[Items] = grad_items;
    results[Relative] = grad_relative.sum(0);
    return results;
  }

 private:
  template <class T>
  static void describe(const AttentionShape& s, const at::Tensor& q, const at::Tensor& kv, const at::Tensor& bias, const at::Tensor& first, const at::Tensor& sums, Attention<T>& pass) {
    pass.steps = s.steps;
    pass.context = s.context;
    pass.width = s.width;
    pass.heads = s.heads;
    pass.query = q.data_ptr<T>();
    pass.items = kv.data_ptr<T>();
    pass.relative = bias.data_ptr<T>();
    pass.first = first.data_ptr<int32_t>();
    pass.sums = sums.data_ptr<T>();
  }
};

at::Tensor windowed_attention(const at::Tensor& query, const at::Tensor& items, const at::Tensor& relative, const at::Tensor& count, const at::Tensor& starts) {
  return WindowedAttention::apply(query, items, relative, count, starts);
}

}  // namespace

void define_attention(torch::Library& library) {
  library.def("windowed_attention(Tensor query, Tensor items, Tensor relative, Tensor count, Tensor starts) -> Tensor", &windowed_attention);
}

}  // namespace rlt
