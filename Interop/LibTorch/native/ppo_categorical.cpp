// rlseq::ppo_categorical: PPO's loss over categorical actions with its gradient, in one pass over the samples.
//
// As plain operators the loss is some forty of them forward and as many backward, each over a few hundred numbers. Here the gradient
// is formed beside the loss, since it is the loss's factor away from being final, and the stored samples are read where the rollout
// has them instead of being gathered.
#include "sequence_operator.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rlt {
namespace {

struct PpoSettings {
  double clip, value_clip, value_coefficient, entropy_coefficient;
  double share, applied_share;  // of the values' error and of the rest
};

// Everything is contiguous. K steps, B sequences of the minibatch, which are columns of the S stored ones; A logits, C components.
template <class T>
struct PpoSamples {
  int64_t steps, batch, stored, logits_per_sample;
  at::IntArrayRef counts;          // of the choices of each component
  const T* logits;                 // [K, B, A]
  const T* values;                 // [K, B]
  const int64_t* index;            // [B]
  const float* actions;            // [K, S, C]
  const float* log_probabilities;  // [K, S], when it was collected
  const float* values_before;      // [K, S]
  const float* advantages;         // [K, S]
  const bool* masks;               // [K, S, A]; null where everything is allowed
  const bool* applied;             // [K, S]: what counts but for the values; null where everything does
  double mean, deviation;          // of the advantages
  T* grad_logits;                  // [K, B, A]: out
  T* grad_values;                  // [K, B]: out
  T* ratios;                       // [K, B]: out
};

struct PpoSums {
  double gain = 0, error = 0, entropy = 0, divergence = 0, clipped = 0;
};

// How many of the minibatch's samples count; all where there are no marks.
int64_t count_applied(const bool* applied, int64_t steps, int64_t stored, const int64_t* index, int64_t batch) {
  if (applied == nullptr) return steps * batch;
  int64_t count = 0;
  for (int64_t k = 0; k < steps; ++k) {
    for (int64_t b = 0; b < batch; ++b) count += applied[k * stored + index[b]];
  }
  return count;
}

// Log-probabilities and probabilities of one component; what is not allowed has minus infinity and zero. Returns the entropy.
template <class T>
double log_softmax(const T* logits, const bool* allowed, int64_t count, double* log_p, double* p) {
  double greatest = -std::numeric_limits<double>::infinity(), sum = 0, entropy = 0;
  for (int64_t i = 0; i < count; ++i) {
    log_p[i] = allowed == nullptr || allowed[i] ? static_cast<double>(logits[i]) : -std::numeric_limits<double>::infinity();
    greatest = std::max(greatest, log_p[i]);
  }
  for (int64_t i = 0; i < count; ++i) sum += p[i] = std::exp(log_p[i] - greatest);
  const double normalizer = greatest + std::log(sum);
  for (int64_t i = 0; i < count; ++i) {
    log_p[i] -= normalizer;
    p[i] /= sum;
    if (p[i] > 0) entropy -= p[i] * log_p[i];
  }
  return entropy;
}

template <class T>
PpoSums ppo_pass(const PpoSamples<T>& s, const PpoSettings& settings, int64_t count) {
  PpoSums sums;
  const int64_t A = s.logits_per_sample, C = static_cast<int64_t>(s.counts.size());
  const double weight = count == 0 ? 0 : settings.applied_share / static_cast<double>(count);
  const double value_weight = settings.share / static_cast<double>(s.steps * s.batch);
  std::vector<double> log_p(A), p(A), entropies(C);
  for (int64_t k = 0; k < s.steps; ++k) {
    for (int64_t b = 0; b < s.batch; ++b) {
      const int64_t here = k * s.batch + b, there = k * s.stored + s.index[b];
      const T* logits = s.logits + here * A;
      const float* action = s.actions + there * C;
      double log_probability = 0, entropy = 0;
      for (int64_t c = 0, at = 0; c < C; at += s.counts[c++]) {
        entropy += entropies[c] = log_softmax(logits + at, s.masks == nullptr ? nullptr : s.masks + there * A + at, s.counts[c], &log_p[at], &p[at]);
        const auto choice = static_cast<int64_t>(action[c]);
        if (choice < 0 || choice >= s.counts[c]) throw std::invalid_argument("an action lies outside its component");
        log_probability += log_p[at + choice];
      }

      const double log_ratio = log_probability - s.log_probabilities[there], ratio = std::exp(log_ratio);
      const double advantage = (s.advantages[there] - s.mean) / s.deviation;
      const double free = ratio * advantage, bounded = std::clamp(ratio, 1 - settings.clip, 1 + settings.clip) * advantage;
      const bool counts = s.applied == nullptr || s.applied[there];
      if (counts) {
        sums.gain += std::min(free, bounded);
        sums.entropy += entropy;
        sums.divergence += ratio - 1 - log_ratio;
        sums.clipped += std::abs(ratio - 1) > settings.clip;
      }
      s.ratios[here] = static_cast<T>(ratio);

      // d(gain)/d(log-probability) is the ratio times the advantage where the bound is not the smaller one. A ratio that does not count may
      // be infinite, so nothing is multiplied by zero.
      const double pull = counts && free <= bounded ? -weight * free : 0, spread = counts ? weight * settings.entropy_coefficient : 0;
      for (int64_t c = 0, at = 0; c < C; at += s.counts[c++]) {
        const auto choice = static_cast<int64_t>(action[c]);
        for (int64_t i = 0; i < s.counts[c]; ++i) {
          const double q = p[at + i];
          const double towards = pull * ((i == choice ? 1 : 0) - q);
          s.grad_logits[here * A + at + i] = static_cast<T>(q > 0 ? towards + spread * q * (log_p[at + i] + entropies[c]) : towards);
        }
      }

      const double value = s.values[here], before = s.values_before[there], target = static_cast<double>(s.advantages[there]) + before;
      const double miss = value - target;
      double error = miss * miss, slope = 2 * miss;
      if (settings.value_clip > 0) {
        const double moved = std::clamp(value - before, -settings.value_clip, settings.value_clip), held = before + moved - target;
        if (held * held > error) {
          error = held * held;
          slope = moved == value - before ? 2 * held : 0;
        }
      }
      sums.error += error;
      s.grad_values[here] = static_cast<T>(value_weight * 0.5 * settings.value_coefficient * slope);
    }
  }
  return sums;
}

class PpoCategorical : public torch::autograd::Function<PpoCategorical> {
 public:
  static variable_list forward(AutogradContext* context, const at::Tensor& logits, const at::Tensor& values, const at::Tensor& index, const at::Tensor& actions,
                               const at::Tensor& log_probabilities, const at::Tensor& values_before, const at::Tensor& advantages, const c10::optional<at::Tensor>& given_masks,
                               const c10::optional<at::Tensor>& given_applied, at::IntArrayRef counts, const c10::optional<at::Tensor>& given_scale, PpoSettings settings) {
    at::AutoDispatchBelowADInplaceOrView below;
    const SequenceShape s(logits);
    const at::Tensor masks = given_masks ? *given_masks : at::Tensor(), marks = given_applied ? *given_applied : at::Tensor(), scale = given_scale ? *given_scale : at::Tensor();
    const int64_t stored = actions.dim() == 3 ? actions.size(1) : -1, components = static_cast<int64_t>(counts.size());
    int64_t choices = 0;
    for (const int64_t count : counts) choices += count;
    if (choices != s.width) throw std::invalid_argument("the choices of all components must be as many as the logits");
    expect(values, "values", {s.steps, s.batch}, s.type);
    expect(index, "index", {s.batch}, at::kLong);
    expect(actions, "actions", {s.steps, stored, components}, at::kFloat);
    expect(log_probabilities, "log_probabilities", {s.steps, stored}, at::kFloat);
    expect(values_before, "values_before", {s.steps, stored}, at::kFloat);
    expect(advantages, "advantages", {s.steps, stored}, at::kFloat);
    if (masks.defined()) expect(masks, "masks", {s.steps, stored, s.width}, at::kBool);
    if (marks.defined()) expect(marks, "applied", {s.steps, stored}, at::kBool);
    if (scale.defined()) expect(scale, "scale", {2}, at::kFloat);
    const at::Tensor columns = index.contiguous(), outputs = logits.contiguous(), estimates = values.contiguous();
    for (int64_t b = 0; b < s.batch; ++b) {
      if (columns.data_ptr<int64_t>()[b] < 0 || columns.data_ptr<int64_t>()[b] >= stored) throw std::invalid_argument("an index lies outside the stored sequences");
    }
    const at::Tensor chosen = actions.contiguous(), before = log_probabilities.contiguous(), held = values_before.contiguous(), gains = advantages.contiguous();
    const at::Tensor allowed = contiguous_or_undefined(masks), applied = contiguous_or_undefined(marks);
    const int64_t count = count_applied(data_or_null<bool>(applied), s.steps, stored, columns.data_ptr<int64_t>(), s.batch);
    const float* normal = scale.defined() ? scale.data_ptr<float>() : nullptr;
    at::Tensor grad_logits = at::empty_like(outputs), grad_values = at::empty_like(estimates), ratios = at::empty_like(estimates);
    PpoSums sums;
    AT_DISPATCH_FLOATING_TYPES(s.type, "rlseq::ppo_categorical", [&] {
      sums = ppo_pass<scalar_t>({s.steps, s.batch, stored, s.width, counts, outputs.data_ptr<scalar_t>(), estimates.data_ptr<scalar_t>(), columns.data_ptr<int64_t>(),
          chosen.data_ptr<float>(), before.data_ptr<float>(), held.data_ptr<float>(), gains.data_ptr<float>(), data_or_null<bool>(allowed), data_or_null<bool>(applied),
          normal == nullptr ? 0.0 : normal[0], normal == nullptr ? 1.0 : normal[1], grad_logits.data_ptr<scalar_t>(), grad_values.data_ptr<scalar_t>(),
          ratios.data_ptr<scalar_t>()}, settings, count);
    });
    const double samples = static_cast<double>(s.steps * s.batch), counted = static_cast<double>(std::max<int64_t>(count, 1));
    const double gain = sums.gain / counted, error = sums.error / samples, entropy = sums.entropy / counted;
    const double total = settings.applied_share * (-gain - settings.entropy_coefficient * entropy) + settings.share * 0.5 * settings.value_coefficient * error;
    at::Tensor loss = at::full({}, total, outputs.options().dtype(at::kDouble)).to(outputs.scalar_type()); // a loss beyond floats is infinite, not an error
    at::Tensor statistics = at::tensor({-gain, 0.5 * error, entropy, sums.divergence / counted, sums.clipped / counted}, at::kDouble).to(s.type);
    context->save_for_backward({grad_logits, grad_values});
    context->mark_non_differentiable({ratios, statistics});
    return {loss, ratios, statistics};
  }

  static variable_list backward(AutogradContext* context, variable_list gradients) {
    refuse_second_derivative("rlseq::ppo_categorical");
    const variable_list saved = context->get_saved_variables();
    variable_list results(12);
    results[0] = saved[0] * gradients[0];
    results[1] = saved[1] * gradients[0];
    return results;
  }
};

std::tuple<at::Tensor, at::Tensor, at::Tensor> ppo_categorical(
    const at::Tensor& logits, const at::Tensor& values, const at::Tensor& index, const at::Tensor& actions, const at::Tensor& log_probabilities,
    const at::Tensor& values_before, const at::Tensor& advantages, const c10::optional<at::Tensor>& masks,
    const c10::optional<at::Tensor>& applied, at::IntArrayRef counts, const c10::optional<at::Tensor>& scale, double clip, double value_clip, double value_coefficient,
    double entropy_coefficient, double share, double applied_share) {
  variable_list results = PpoCategorical::apply(logits, values, index, actions, log_probabilities, values_before, advantages, masks, applied, counts, scale,
                                                PpoSettings{clip, value_clip, value_coefficient, entropy_coefficient, share, applied_share});
  return {results[0], results[1], results[2]};
}

// The mean of some columns of [K, S], but for samples that are marked not to count, and their sample deviation made a little larger, so that it is not zero: [2].
at::Tensor advantage_scale(const at::Tensor& advantages, const at::Tensor& index, const c10::optional<at::Tensor>& given_applied) {
  if (advantages.dim() != 2) throw std::invalid_argument("advantages must be [K, S]");
  expect(advantages, "advantages", advantages.sizes(), at::kFloat);
  expect(index, "index", {index.numel()}, at::kLong);
  const at::Tensor marks = given_applied ? *given_applied : at::Tensor();
  if (marks.defined()) expect(marks, "applied", advantages.sizes(), at::kBool);
  const at::Tensor gains = advantages.contiguous(), columns = index.contiguous(), marked = contiguous_or_undefined(marks);
  const int64_t steps = gains.size(0), stored = gains.size(1), batch = columns.numel();
  const float* values = gains.data_ptr<float>();
  const int64_t* at = columns.data_ptr<int64_t>();
  for (int64_t b = 0; b < batch; ++b) {
    if (at[b] < 0 || at[b] >= stored) throw std::invalid_argument("an index lies outside the stored sequences");
  }
  const bool* applied = data_or_null<bool>(marked);
  const double samples = static_cast<double>(count_applied(applied, steps, stored, at, batch));
  if (marks.defined() && samples < 2) throw std::invalid_argument("a deviation needs two samples that count");
  const auto over_samples = [&](auto&& take) {
    for (int64_t k = 0; k < steps; ++k) {
      for (int64_t b = 0; b < batch; ++b) {
        const int64_t there = k * stored + at[b];
        if (applied == nullptr || applied[there]) take(values[there]);
      }
    }
  };
  double sum = 0, squares = 0;
  over_samples([&](float value) { sum += value; });
  const double mean = sum / samples;
  over_samples([&](float value) { squares += (value - mean) * (value - mean); });
  return at::tensor({mean, std::sqrt(squares / (samples - 1)) + 1e-8}, at::kDouble).to(at::kFloat);
}

}  // namespace

void define_ppo(torch::Library& library) {
  library.def("ppo_categorical(Tensor logits, Tensor values, Tensor index, Tensor actions, Tensor log_probabilities, Tensor values_before, Tensor advantages, Tensor? masks, "
              "Tensor? applied, int[] counts, Tensor? scale, float clip, float value_clip, float value_coefficient, float entropy_coefficient, float share, float applied_share) -> (Tensor total, Tensor ratios, Tensor statistics)",
              &ppo_categorical);
  library.def("advantage_scale(Tensor advantages, Tensor index, Tensor? applied) -> Tensor", &advantage_scale);
}

}  // namespace rlt
