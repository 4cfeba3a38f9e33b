// rlseq::transformer_layer: one pre-norm Transformer layer over [memory M | segment T], forward and backward. The memory may hold
// some of the steps only: then a query sees those, and its own.
//
// n = LN1(x), [q k v] = n Wᵀ + b, a = attention(q, k, v), h = x + a Woᵀ + bo, result = h + relu(LN2(h) W1ᵀ + b1) W2ᵀ + b2.
// With gates, h = gate(x, relu(a Woᵀ + bo)) and result = gate(h, relu(relu(LN2(h) W1ᵀ + b1) W2ᵀ + b2)) instead; see gru_gate.h.
// The products are libtorch's. Between them there is one pass each over numbers that are still in a cache, where a composition of
// operators makes three or more, and what of the memory nobody sees takes part in none of it.
#include "gru_gate.h"

namespace rlt {
namespace {

constexpr double NormEpsilon = 1e-5;

// Runs body(row, head, scratch) for every row and head; they write nothing in common.
template <class T, class Body>
void over_heads(const LayerShape& s, const at::TensorOptions& options, Body body) {
  const at::Tensor scratch = at::empty({sequence_kernels<T>().attention_scratch(s.steps, s.slots, s.context, s.width, s.heads)}, options);
  for (int64_t row = 0; row < s.batch; ++row) {
    for (int64_t head = 0; head < s.heads; ++head) body(row, head, scratch.data_ptr<T>());
  }
}

// What the backward pass needs of the forward one.
struct Activations {
  at::Tensor x, stored;                       // [B·T, D]; [B, S, D] with rows of D elements
  at::Tensor first, place, kept, origin;      // see VisibleMemory
  at::Tensor projection;                      // the weights of queries, keys and values, [3D, D]
  at::Tensor normed, moments, memory_normed, memory_moments;
  at::Tensor segment, memory;                 // [B·T, 3D]: queries, keys, values; [N, 2D]: keys, values
  at::Tensor sums, attended;                  // [B, H, 2, T]; [B·T, D]
  at::Tensor after, after_normed, after_moments;  // h and its norm
  at::Tensor hidden;                          // [B·T, F], rectified
  GateActivations gate1, gate2;               // undefined in a layer without gates

  std::vector<at::Tensor*> all() {
    return {&x, &stored, &first, &place, &kept, &origin, &projection, &normed, &moments, &memory_normed, &memory_moments, &segment, &memory, &sums, &attended,
            &after, &after_normed, &after_moments, &hidden, &gate1.part, &gate1.gates, &gate1.reset, &gate2.part, &gate2.gates, &gate2.reset};
  }
};

template <class T>
Norm<T> norm_of(const LayerShape& s, const at::Tensor& weight, const at::Tensor& bias) {
  return {s.width, static_cast<T>(NormEpsilon), weight.data_ptr<T>(), bias.data_ptr<T>()};
}

template <class T>
void describe(const LayerShape& s, const Activations& a, const at::Tensor& relative, Attention<T>& pass) {
  pass.steps = s.steps;
  pass.slots = s.slots;
  pass.context = s.context;
  pass.width = s.width;
  pass.heads = s.heads;
  pass.segment = a.segment.data_ptr<T>();
  pass.memory = a.memory.data_ptr<T>();
  pass.origin = a.origin.data_ptr<int64_t>();
  pass.relative = relative.data_ptr<T>();
  pass.first = a.first.data_ptr<int32_t>();
  pass.place = data_or_null<int32_t>(a.place);
  pass.kept = data_or_null<bool>(a.kept);
  pass.sums = a.sums.data_ptr<T>();
}

template <class T>
void norm_rows(const Norm<T>& norm, const at::Tensor& x, at::Tensor& out, at::Tensor& moments) {
  sequence_kernels<T>().norm_forward(norm, x.size(0), x.data_ptr<T>(), out.data_ptr<T>(), moments.data_ptr<T>());
}

template <class T>
at::Tensor forward_pass(const LayerShape& s, const LayerTensors& in, const VisibleMemory& visible, Activations& a) {
  const auto& kernels = sequence_kernels<T>();
  const at::TensorOptions options = a.x.options();
  const int64_t D = s.width;
  const auto rows = [&](int64_t count, int64_t width) { return at::empty({count, width}, options); };

  const Norm<T> norm1 = norm_of<T>(s, in[Norm1Weight], in[Norm1Bias]);
  a.normed = rows(s.samples(), D);
  a.moments = rows(s.samples(), 2);
  norm_rows(norm1, a.x, a.normed, a.moments);
  a.memory_normed = rows(visible.items, D);
  a.memory_moments = rows(visible.items, 2);
  visible.each_row(s, [&](int64_t row, int64_t item, int64_t count, int64_t at) {
    kernels.norm_forward(norm1, count, a.stored.data_ptr<T>() + row * a.stored.stride(0) + item * D, a.memory_normed.data_ptr<T>() + at * D, a.memory_moments.data_ptr<T>() + at * 2);
  });
  a.projection = at::cat({in[QueryWeight], in[KeyWeight], in[ValueWeight]}, 0);
  const at::Tensor bias = at::cat({in[QueryBias], in[KeyBias], in[ValueBias]}, 0);
  a.segment = at::addmm(bias, a.normed, a.projection.t());
  a.memory = at::addmm(bias.narrow(0, D, 2 * D), a.memory_normed, a.projection.narrow(0, D, 2 * D).t());

  a.attended = rows(s.samples(), D);
  a.sums = at::empty({s.batch, s.heads, 2, s.steps}, options);
  AttentionForward<T> attention;
  describe(s, a, in[Relative], attention);
  attention.output = a.attended.data_ptr<T>();
  over_heads<T>(s, options, [&](int64_t row, int64_t head, T* scratch) { kernels.attention_forward(attention, row, head, scratch); });

  // The part's last product, and then the gate or the sum.
  const auto residual = [&](const at::Tensor& x, const at::Tensor& added, const at::Tensor& weight, const at::Tensor& bias_of, int gate, GateActivations& of_gate) {
    if (s.gated) {
      of_gate.part = at::mm(added, weight.t());
      kernels.rectify(s.samples(), D, bias_of.data_ptr<T>(), of_gate.part.data_ptr<T>());
      return gate_forward<T>(in, gate, x, of_gate);
    }
    at::Tensor out = at::empty_like(x);
    kernels.add_bias(s.samples(), D, x.data_ptr<T>(), bias_of.data_ptr<T>(), out.data_ptr<T>());
    return out.addmm_(added, weight.t());
  };
  a.after = residual(a.x, a.attended, in[OutWeight], in[OutBias], Gate1Part, a.gate1);
  a.after_normed = rows(s.samples(), D);
  a.after_moments = rows(s.samples(), 2);
  norm_rows(norm_of<T>(s, in[Norm2Weight], in[Norm2Bias]), a.after, a.after_normed, a.after_moments);
  a.hidden = at::mm(a.after_normed, in[Ffn1Weight].t());
  kernels.rectify(s.samples(), s.inner, in[Ffn1Bias].data_ptr<T>(), a.hidden.data_ptr<T>());
  return residual(a.after, a.hidden, in[Ffn2Weight], in[Ffn2Bias], Gate2Part, a.gate2);
}

template <class T>
void backward_pass(const LayerShape& s, const LayerTensors& in, const VisibleMemory& visible, const Activations& a, const at::Tensor& grad_output, variable_list& results) {
  const auto& kernels = sequence_kernels<T>();
  const at::TensorOptions options = a.x.options();
  const int64_t D = s.width, samples = s.samples();
  for (const LayerInput sum : {Norm1Weight, Norm1Bias, OutBias, Norm2Weight, Norm2Bias, Ffn1Bias, Ffn2Bias}) results[sum] = at::zeros_like(in[sum]);
  const auto data = [](const at::Tensor& tensor) { return tensor.data_ptr<T>(); };

  at::Tensor grad_x = grad_output.clone();  // of the residual stream, from the result back to x
  // Goes back over a gate or a sum, and gives the gradient of the part's last product, whose bias takes its sum.
  const auto residual = [&](const at::Tensor& x, int gate, const GateActivations& of_gate, LayerInput bias) {
    if (!s.gated) {
      kernels.add_rows(samples, D, data(grad_x), data(results[bias]));
      return grad_x;
    }
    at::Tensor grad_part = gate_backward<T>(in, gate, x, of_gate, grad_x, results);
    kernels.rectify_backward(samples, D, data(of_gate.part), data(grad_part), data(results[bias]));
    return grad_part;
  };

  at::Tensor grad_part = residual(a.after, Gate2Part, a.gate2, Ffn2Bias);
  at::Tensor grad_hidden = at::mm(grad_part, in[Ffn2Weight]);
  results[Ffn2Weight] = at::mm(grad_part.t(), a.hidden);
  kernels.rectify_backward(samples, s.inner, data(a.hidden), data(grad_hidden), data(results[Ffn1Bias]));
  results[Ffn1Weight] = at::mm(grad_hidden.t(), a.after_normed);
  at::Tensor grad_normed = at::mm(grad_hidden, in[Ffn1Weight]);
  kernels.norm_backward(norm_of<T>(s, in[Norm2Weight], in[Norm2Bias]), samples, data(a.after), data(a.after_moments), data(grad_normed), data(grad_x),
                        data(results[Norm2Weight]), data(results[Norm2Bias]));

  grad_part = residual(a.x, Gate1Part, a.gate1, OutBias);
  results[OutWeight] = at::mm(grad_part.t(), a.attended);
  const at::Tensor grad_attended = at::mm(grad_part, in[OutWeight]);
  at::Tensor grad_segment = at::zeros_like(a.segment), grad_memory = at::zeros_like(a.memory), grad_relative = at::empty({s.batch, s.heads, s.context + 1}, options);
  AttentionBackward<T> attention;
  describe(s, a, in[Relative], attention);
  attention.grad_output = data(grad_attended);
  attention.grad_segment = data(grad_segment);
  attention.grad_memory = data(grad_memory);
  attention.grad_relative = data(grad_relative);
  over_heads<T>(s, options, [&](int64_t row, int64_t head, T* scratch) { kernels.attention_backward(attention, row, head, scratch); });
  results[Relative] = grad_relative.sum(0);

  at::Tensor grad_projection = at::mm(grad_segment.t(), a.normed), grad_bias = at::zeros({3 * D}, options);
  kernels.add_rows(samples, 3 * D, data(grad_segment), data(grad_bias));
  const Norm<T> norm1 = norm_of<T>(s, in[Norm1Weight], in[Norm1Bias]);
  at::mm_out(grad_normed, grad_segment, a.projection);
  kernels.norm_backward(norm1, samples, data(a.x), data(a.moments), data(grad_normed), data(grad_x), data(results[Norm1Weight]), data(results[Norm1Bias]));
  if (visible.items > 0) {
    // Nothing flows into the stored items themselves, but the weights learn from them.
    grad_projection.narrow(0, D, 2 * D).addmm_(grad_memory.t(), a.memory_normed);
    kernels.add_rows(visible.items, 2 * D, data(grad_memory), data(grad_bias) + D);
    const at::Tensor grad_memory_normed = at::mm(grad_memory, a.projection.narrow(0, D, 2 * D));
    visible.each_row(s, [&](int64_t row, int64_t item, int64_t count, int64_t at) {
      kernels.norm_backward(norm1, count, data(a.stored) + row * a.stored.stride(0) + item * D, data(a.memory_moments) + at * 2, data(grad_memory_normed) + at * D, nullptr,
                            data(results[Norm1Weight]), data(results[Norm1Bias]));
    });
  }
  const LayerInput parts[] = {QueryWeight, KeyWeight, ValueWeight};
  for (int i = 0; i < 3; ++i) {
    results[parts[i]] = grad_projection.narrow(0, i * D, D);
    results[parts[i] + 1] = grad_bias.narrow(0, i * D, D);
  }
  results[X] = grad_x.view({s.batch, s.steps, D});
}

class TransformerLayer : public torch::autograd::Function<TransformerLayer> {
 public:
  template <class... Tensors>
  static at::Tensor forward(AutogradContext* context, const Tensors&... tensors) {
    at::AutoDispatchBelowADInplaceOrView below;
    LayerTensors in{tensors...};
    const LayerShape s(in);
    for (int i = FirstParameter; i < (s.gated ? LayerInputs : FirstOfGates); ++i) in[i] = in[i].contiguous();
    Activations a;
    a.x = in[X].contiguous().view({s.samples(), s.width});
    a.stored = in[Stored].stride(2) == 1 && in[Stored].stride(1) == s.width ? in[Stored] : in[Stored].contiguous();
    const VisibleMemory visible(s, in);
    a.first = visible.first;
    a.place = visible.place;
    a.kept = visible.kept;
    a.origin = visible.origin;
    at::Tensor output;
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::transformer_layer", [&] { output = forward_pass<scalar_t>(s, in, visible, a); });
    variable_list kept(in.begin(), in.end());
    for (at::Tensor* tensor : a.all()) kept.push_back(*tensor);
    context->save_for_backward(kept);
    return output.view({s.batch, s.steps, s.width});
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::transformer_layer");
    const variable_list saved = context->get_saved_variables();
    LayerTensors in;
    std::copy_n(saved.begin(), static_cast<size_t>(LayerInputs), in.begin());
    Activations a;
    size_t next = LayerInputs;
    for (at::Tensor* tensor : a.all()) *tensor = saved[next++];
    const LayerShape s(in);
    const VisibleMemory visible(a.first, a.origin, a.memory.size(0));
    const at::Tensor grad_output = gradients[0].contiguous().view({s.samples(), s.width});
    variable_list results(LayerInputs);
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::transformer_layer", [&] { backward_pass<scalar_t>(s, in, visible, a, grad_output, results); });
    return results;
  }
};

template <size_t... I>
at::Tensor apply_to(const LayerTensors& in, std::index_sequence<I...>) {
  return TransformerLayer::apply(in[I]...);
}

at::Tensor transformer_layer(const at::Tensor& x, const at::Tensor& stored, const at::Tensor& count, const at::Tensor& starts, at::TensorList parameters, at::TensorList choices) {
  constexpr size_t plain = FirstOfGates - FirstParameter, gated = LayerInputs - FirstParameter;
  if (parameters.size() != plain && parameters.size() != gated) {
    throw std::invalid_argument("there must be " + std::to_string(plain) + " parameters, or " + std::to_string(gated) + " with gates, but there are " + std::to_string(parameters.size()));
  }
  if (!choices.empty() && choices.size() != Kept - First + 1) throw std::invalid_argument("choices must be first, place and kept, or none, but there are " + std::to_string(choices.size()));
  LayerTensors in{x, stored, count, starts};
  if (choices.empty()) std::fill(in.begin() + First, in.begin() + FirstParameter, at::empty({0}, x.options()));  // autograd takes no undefined inputs
  else std::copy(choices.begin(), choices.end(), in.begin() + First);
  if (!choices.empty() && in[First].numel() == 0) throw std::invalid_argument("first is empty");
  std::copy(parameters.begin(), parameters.end(), in.begin() + FirstParameter);
  if (parameters.size() == gated && in[FirstOfGates].numel() == 0) throw std::invalid_argument("gate1.part is empty");
  if (parameters.size() == plain) std::fill(in.begin() + FirstOfGates, in.end(), at::empty({0}, x.options()));
  return apply_to(in, std::make_index_sequence<LayerInputs>());
}

}  // namespace

void define_transformer_layer(torch::Library& library) {
  library.def("transformer_layer(Tensor x, Tensor stored, Tensor count, Tensor starts, Tensor[] parameters, Tensor[] choices) -> Tensor", &transformer_layer);
}

}  // namespace rlt
