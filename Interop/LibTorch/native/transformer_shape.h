// The sizes of a Transformer layer and of what goes into it, checked; and which of the memory's items its segment sees.
#pragma once

#include "sequence_operator.h"

#include <array>

namespace rlt {

// The operator's tensors in the order of its autograd function.
enum LayerInput {
  X, Stored, Count, Starts,
  First, Place, Kept,  // empty where the memory holds every step
  Norm1Weight, Norm1Bias, QueryWeight, QueryBias, KeyWeight, KeyBias, ValueWeight, ValueBias, Relative, OutWeight, OutBias,
  Norm2Weight, Norm2Bias, Ffn1Weight, Ffn1Bias, Ffn2Weight, Ffn2Bias,
  Gate1Part, Gate1Stream, Gate1Candidate, Gate1Bias, Gate2Part, Gate2Stream, Gate2Candidate, Gate2Bias,  // empty in a layer without gates
  LayerInputs
};

constexpr int FirstParameter = Norm1Weight, FirstOfGates = Gate1Part;

using LayerTensors = std::array<at::Tensor, LayerInputs>;

struct LayerShape {
  int64_t batch, steps, slots, context, width, heads, inner;  // B, T, S, M, D, H, F
  bool gated, chosen;  // chosen: the memory holds some steps only
  at::ScalarType type;

  explicit LayerShape(const LayerTensors& in) {
    const at::Tensor &x = in[X], &relative = in[Relative];
    type = x.scalar_type();
    const bool floating = type == at::kFloat || type == at::kDouble;
    const bool fits = x.dim() == 3 && floating && x.device().is_cpu() && x.size(1) > 0 && x.size(2) > 0 && relative.dim() == 2 && relative.size(0) > 0 &&
                      relative.size(1) > 0 && x.size(2) % relative.size(0) == 0 && in[Ffn1Weight].dim() == 2;
    if (!fits) {
      std::ostringstream message;
      message << "x must be Float or Double [B, T, D] on the CPU with at least one step, relative [H, M + 1] with H dividing D, and ffn1.weight [F, D], but they are "
              << c10::toString(type) << x.sizes() << " on " << x.device().str() << ", " << relative.sizes() << " and " << in[Ffn1Weight].sizes();
      throw std::invalid_argument(message.str());
    }
    batch = x.size(0);
    steps = x.size(1);
    width = x.size(2);
    heads = relative.size(0);
    context = relative.size(1) - 1;
    inner = in[Ffn1Weight].size(0);
    chosen = in[First].numel() > 0;
    slots = context;
    if (chosen) {
      slots = in[Stored].dim() == 3 ? in[Stored].size(1) : 0;
      expect(in[First], "first", {batch, steps}, at::kInt);
      expect(in[Place], "place", {batch, slots + steps}, at::kInt);
      expect(in[Kept], "kept", {batch, slots + steps}, at::kBool);
    }
    expect(in[Stored], "stored", {batch, slots, width}, type);
    expect(in[Count], "count", {batch, 1}, type);
    expect(in[Starts], "starts", {steps, batch}, at::kBool);
    const char* names[] = {"norm1", "query", "key", "value", "out", "norm2", "ffn1", "ffn2"};
    const LayerInput weights[] = {Norm1Weight, QueryWeight, KeyWeight, ValueWeight, OutWeight, Norm2Weight, Ffn1Weight, Ffn2Weight};
    for (int i = 0; i < 8; ++i) {
      const bool norm = weights[i] == Norm1Weight || weights[i] == Norm2Weight;
      const int64_t outputs = weights[i] == Ffn1Weight ? inner : width, inputs = weights[i] == Ffn2Weight ? inner : width;
      const std::string name = names[i];
      if (norm) expect(in[weights[i]], (name + ".weight").c_str(), {width}, type);
      else expect(in[weights[i]], (name + ".weight").c_str(), {outputs, inputs}, type);
      expect(in[weights[i] + 1], (name + ".bias").c_str(), {outputs}, type);
    }
    expect(relative, "relative", {heads, context + 1}, type);
    gated = in[FirstOfGates].numel() > 0;
    for (int gate = 0; gated && gate < 2; ++gate) {
      const std::string name = gate == 0 ? "gate1" : "gate2";
      const int first = gate == 0 ? Gate1Part : Gate2Part;
      expect(in[first], (name + ".part").c_str(), {3 * width, width}, type);
      expect(in[first + 1], (name + ".stream").c_str(), {2 * width, width}, type);
      expect(in[first + 2], (name + ".candidate").c_str(), {width, width}, type);
      expect(in[first + 3], (name + ".bias").c_str(), {width}, type);
    }
  }

  int64_t samples() const { return batch * steps; }
};

// What the segment sees of the memory. Only that is normed and projected.
struct VisibleMemory {
  at::Tensor first;   // int32 [B, T]: the first item that every query sees, not before its episode nor more than M steps back
  at::Tensor place;   // int32 [B, S + T]: an item's step, query t's own being M + t; undefined where it is the item's number
  at::Tensor kept;    // bool [B, S + T]: whether others than its own query see it; undefined where they do
  at::Tensor origin;  // int64 [B]: where a row's item 0 would lie among the visible ones of all rows
  int64_t items = 0;  // visible ones of all rows

  VisibleMemory(const LayerShape& s, const LayerTensors& in) : origin(at::empty({s.batch}, at::kLong)) {
    if (s.chosen) {
      first = in[First].contiguous();
      place = (in[Place] + s.context).contiguous();
      kept = in[Kept].contiguous();
      check_choices(s);
    } else {
      find_first(s, in[Count], in[Starts]);
    }
    for (int64_t row = 0; row < s.batch; ++row) {
      const int64_t seen = first.data_ptr<int32_t>()[row * s.steps], oldest = seen < s.slots ? seen : s.slots;
      origin.data_ptr<int64_t>()[row] = items - oldest;
      items += s.slots - oldest;
    }
  }

  VisibleMemory(const at::Tensor& first, const at::Tensor& origin, int64_t items) : first(first), origin(origin), items(items) {}

  // Runs body(row, item, count, at): the oldest visible item of a row, how many there are, and where they lie among those of all rows.
  template <class Body>
  void each_row(const LayerShape& s, Body body) const {
    for (int64_t row = 0; row < s.batch; ++row) {
      const int64_t item = first.data_ptr<int32_t>()[row * s.steps];
      if (item < s.slots) body(row, item, s.slots - item, origin.data_ptr<int64_t>()[row] + item);
    }
  }

 private:
  // As far as the kernels' room depends on it: what a query sees is a run of items in order, at most M steps old.
  void check_choices(const LayerShape& s) const {
    const int64_t length = s.slots + s.steps;
    for (int64_t row = 0; row < s.batch; ++row) {
      const int32_t *firsts = first.data_ptr<int32_t>() + row * s.steps, *places = place.data_ptr<int32_t>() + row * length;
      for (int64_t t = 0; t < s.steps; ++t) {
        const bool fits = firsts[t] >= (t == 0 ? 0 : firsts[t - 1]) && firsts[t] <= s.slots + t && places[s.slots + t] == s.context + t && places[firsts[t]] >= t;
        if (!fits) throw std::invalid_argument("first must never decrease, nor lie behind a query's own item or more than M steps before it, and place must number the segment's steps from 0");
      }
      for (int64_t item = firsts[0]; item + 1 < length; ++item) {
        if (places[item] >= places[item + 1]) throw std::invalid_argument("place must increase from the first item that is seen on");
      }
    }
  }

  void find_first(const LayerShape& s, const at::Tensor& count, const at::Tensor& starts) {
    first = at::empty({s.batch, s.steps}, at::kInt);
    const at::Tensor counts = count.to(at::kDouble).contiguous(), begins = starts.contiguous();
    const double* remembered = counts.data_ptr<double>();
    const bool* begin = begins.data_ptr<bool>();
    int32_t* out = first.data_ptr<int32_t>();
    for (int64_t row = 0; row < s.batch; ++row, out += s.steps) {
      const double most = static_cast<double>(s.context);
      int64_t episode = s.context - static_cast<int64_t>(remembered[row] > 0 ? (remembered[row] < most ? remembered[row] : most) : 0);
      for (int64_t t = 0; t < s.steps; ++t) {
        if (begin[t * s.batch + row]) episode = s.context + t;
        out[t] = static_cast<int32_t>(episode > t ? episode : t);
      }
    }
  }
};

}  // namespace rlt
