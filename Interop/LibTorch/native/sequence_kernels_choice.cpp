// Which instruction set's kernels run: the widest that the processor has, unless a test asks for another.
#include "sequence_kernels.h"

#include <atomic>
#include <cstring>

namespace rlt {

#define RLT_DECLARE(isa)               \
  namespace isa {                      \
  SequenceKernels<float> single();     \
  SequenceKernels<double> full();      \
  }
RLT_DECLARE(base)
#if defined(__x86_64__)
RLT_DECLARE(avx2)
RLT_DECLARE(avx512)
#endif
#undef RLT_DECLARE

namespace {

struct Choice {
  const char* name;
  bool available;
  SequenceKernels<float> single;
  SequenceKernels<double> full;
};

// The widest last.
const Choice choices[] = {
    {"base", true, base::single(), base::full()},
#if defined(__x86_64__)
    {"avx2", __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"), avx2::single(), avx2::full()},
    {"avx512", __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw"),
     avx512::single(), avx512::full()},
#endif
};

const Choice* widest() {
  const Choice* best = nullptr;
  for (const Choice& choice : choices) {
    if (choice.available) best = &choice;
  }
  return best;
}

std::atomic<const Choice*>& chosen() {
  static std::atomic<const Choice*> choice{widest()};
  return choice;
}

}  // namespace

template <>
const SequenceKernels<float>& sequence_kernels<float>() {
  return chosen().load(std::memory_order_relaxed)->single;
}

template <>
const SequenceKernels<double>& sequence_kernels<double>() {
  return chosen().load(std::memory_order_relaxed)->full;
}

bool use_sequence_kernels(const char* name) {
  for (const Choice& choice : choices) {
    if (choice.available && std::strcmp(choice.name, name) == 0) {
      chosen().store(&choice, std::memory_order_relaxed);
      return true;
    }
  }
  return false;
}

}  // namespace rlt
