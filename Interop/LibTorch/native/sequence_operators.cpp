// Makes the fused operators known to libtorch's dispatcher when the library is loaded.
#include "sequence_kernels.h"

#include <torch/library.h>

#include <string>

namespace rlt {

void define_lstm(torch::Library& library);
void define_gru(torch::Library& library);
void define_min_gru(torch::Library& library);
void define_fast_weights(torch::Library& library);
void define_diagonal(torch::Library& library);
void define_transformer_layer(torch::Library& library);
void define_adam(torch::Library& library);
void define_gradients(torch::Library& library);
void define_ppo(torch::Library& library);

namespace {

bool use_kernels(std::string name) { return use_sequence_kernels(name.c_str()); }

// Loading must not throw. Where defining fails, as when a second copy of this library is loaded, the operators are those of the
// first, or missing: whoever looks one up is told so, and the plain compositions serve. Never freed: operators live as long as the process.
torch::Library* define() noexcept {
  try {
    auto* library = new torch::Library(torch::Library::FRAGMENT, "rlseq", {}, __FILE__, __LINE__);
    define_lstm(*library);
    define_gru(*library);
    define_min_gru(*library);
    define_fast_weights(*library);
    define_diagonal(*library);
    define_transformer_layer(*library);
    define_adam(*library);
    define_gradients(*library);
    define_ppo(*library);
    library->def("use_kernels(str name) -> bool", &use_kernels);
    return library;
  } catch (...) {
    return nullptr;
  }
}

torch::Library* const operators = define();

}  // namespace
}  // namespace rlt
