// See rlseq_torch.h. Only headers that libtorch 1.13 and 2.x both have are used, and as few as possible.
#include "rlseq_torch.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/core/Tensor.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/version.h>

#include <dlfcn.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

using torch::jit::Stack;

// c10::optional became std::optional; whichever this libtorch uses.
template <class T>
using Optional = decltype(std::declval<c10::IValue&>().template toOptional<T>());

std::atomic<int64_t> live_tensors{0};
thread_local std::string last_error;

void remember(const char* message) {
  const char* end = std::strchr(message, '\n');
  last_error.assign(message, end == nullptr ? std::strlen(message) : static_cast<size_t>(end - message));
}

// Runs the body and turns any exception into the given result and a remembered message.
template <class Result, class Body>
Result guarded(Result failure, Body body) noexcept {
  try {
    return body();
  } catch (const c10::Error& error) {
    remember(error.what_without_backtrace());
  } catch (const std::exception& error) {
    remember(error.what());
  } catch (...) {
    remember("an exception of unknown type");
  }
  return failure;
}

// A tensor handle is the TensorImpl itself, with one reference that the managed side owns.
void* give(at::Tensor tensor) {
  if (!tensor.defined()) return nullptr;
  live_tensors.fetch_add(1, std::memory_order_relaxed);
  return tensor.unsafeReleaseTensorImpl();
}

at::Tensor borrow(void* handle) {
  if (handle == nullptr) return at::Tensor();
  return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(
      static_cast<c10::TensorImpl*>(handle)));
}

c10::TensorImpl* raw(void* handle) { return static_cast<c10::TensorImpl*>(handle); }

std::vector<at::Tensor> borrow_all(void* const* handles, int32_t count) {
  std::vector<at::Tensor> tensors;
  tensors.reserve(static_cast<size_t>(count));
  for (int32_t i = 0; i < count; ++i) tensors.push_back(borrow(handles[i]));
  return tensors;
}

enum class Kind { Tensor, Int, Double, Bool, Scalar, IntList, DoubleList, BoolList, ScalarList, TensorList, OptionalTensorList, Other };

struct Parameter {
  std::string name;
  Kind kind;
  bool optional;
  bool has_default;
  c10::IValue default_value;
};

struct Operator {
  c10::OperatorHandle handle;
  std::vector<Parameter> parameters;
};

Kind kind_of(const c10::Type& type) {
  switch (type.kind()) {
    case c10::TypeKind::TensorType: return Kind::Tensor;
    case c10::TypeKind::IntType:
    case c10::TypeKind::SymIntType: return Kind::Int;
    case c10::TypeKind::FloatType: return Kind::Double;
    case c10::TypeKind::BoolType: return Kind::Bool;
    case c10::TypeKind::NumberType: return Kind::Scalar;
    default: break;
  }
  if (const auto* list = type.castRaw<c10::ListType>()) {
    const c10::Type& element = *list->getElementType();
    if (element.kind() == c10::TypeKind::OptionalType) return Kind::OptionalTensorList;
    switch (kind_of(element)) {
      case Kind::Int: return Kind::IntList;
      case Kind::Double: return Kind::DoubleList;
      case Kind::Bool: return Kind::BoolList;
      case Kind::Scalar: return Kind::ScalarList;
      case Kind::Tensor: return Kind::TensorList;
      default: break;
    }
  }
  return Kind::Other;
}

Parameter describe(const c10::Argument& argument) {
  const c10::Type& type = *argument.type();
  const auto* optional = type.castRaw<c10::OptionalType>();
  Parameter parameter{argument.name(), kind_of(optional != nullptr ? *optional->getElementType() : type), optional != nullptr, false, {}};
  if (argument.default_value()) {
    parameter.has_default = true;
    parameter.default_value = *argument.default_value();
  }
  return parameter;
}

template <class T, class Read>
c10::List<T> list_of(int64_t length, Read read) {
  c10::List<T> list;
  list.reserve(static_cast<size_t>(length));
  for (int64_t i = 0; i < length; ++i) list.push_back(read(i));
  return list;
}

double number(const rlt_value& value, int64_t i) {
  switch (value.tag) {
    case RLT_INT_LIST: return static_cast<double>(static_cast<const int64_t*>(value.pointer)[i]);
    case RLT_DOUBLE_LIST: return static_cast<const double*>(value.pointer)[i];
    case RLT_INT:
    case RLT_BOOL: return static_cast<double>(value.integer);
    default: return value.real;
  }
}

int64_t integer(const rlt_value& value, int64_t i) {
  return value.tag == RLT_INT_LIST ? static_cast<const int64_t*>(value.pointer)[i] : value.integer;
}

[[noreturn]] void refuse(const Operator& op, const Parameter& parameter, const char* why) {
  throw std::invalid_argument("argument '" + parameter.name + "' " + why + " (schema: " + c10::toString(op.handle.schema()) + ")");
}

bool is_integer(const rlt_value& value) { return value.tag == RLT_INT || value.tag == RLT_BOOL; }
bool is_number(const rlt_value& value) { return is_integer(value) || value.tag == RLT_DOUBLE; }

// A number stands for a list of one, as in Python.
int64_t length_of(const rlt_value& value) { return is_number(value) ? 1 : value.length; }

c10::IValue convert(const Operator& op, const Parameter& parameter, const rlt_value& value) {
  if (value.tag == RLT_DEFAULT) {
    if (!parameter.has_default) refuse(op, parameter, "has no default and was not given");
    return parameter.default_value;
  }
  if (value.tag == RLT_NONE) {
    if (!parameter.optional && parameter.kind != Kind::Other) refuse(op, parameter, "must not be null");
    return {};
  }
  switch (parameter.kind) {
    case Kind::Tensor:
      if (value.tag != RLT_TENSOR) refuse(op, parameter, "must be a tensor");
      return borrow(value.pointer);
    case Kind::Int:
      if (!is_integer(value)) refuse(op, parameter, "must be an integer");
      return value.integer;
    case Kind::Double:
      if (!is_number(value)) refuse(op, parameter, "must be a number");
      return number(value, 0);
    case Kind::Bool:
      if (!is_integer(value)) refuse(op, parameter, "must be a bool");
      return value.integer != 0;
    case Kind::Scalar:
      if (value.tag == RLT_DOUBLE) return value.real;
      if (value.tag == RLT_INT) return value.integer;
      if (value.tag == RLT_BOOL) return value.integer != 0;
      refuse(op, parameter, "must be a number");
    case Kind::IntList:
      if (value.tag != RLT_INT_LIST && value.tag != RLT_INT) refuse(op, parameter, "must be a list of integers");
      return list_of<int64_t>(length_of(value), [&](int64_t i) { return integer(value, i); });
    case Kind::DoubleList:
      if (value.tag != RLT_INT_LIST && value.tag != RLT_DOUBLE_LIST && !is_number(value)) refuse(op, parameter, "must be a list of numbers");
      return list_of<double>(length_of(value), [&](int64_t i) { return number(value, i); });
    case Kind::BoolList:
      if (value.tag != RLT_INT_LIST && !is_integer(value)) refuse(op, parameter, "must be a list of bools");
      return list_of<bool>(length_of(value), [&](int64_t i) { return integer(value, i) != 0; });
    case Kind::ScalarList: {
      if (value.tag != RLT_INT_LIST && value.tag != RLT_DOUBLE_LIST) refuse(op, parameter, "must be a list of numbers");
      c10::impl::GenericList list(c10::NumberType::get());
      list.reserve(static_cast<size_t>(value.length));
      for (int32_t i = 0; i < value.length; ++i) {
        if (value.tag == RLT_INT_LIST) list.push_back(integer(value, i));
        else list.push_back(number(value, i));
      }
      return list;
    }
    case Kind::TensorList: {
      if (value.tag != RLT_TENSOR_LIST) refuse(op, parameter, "must be a list of tensors");
      void* const* handles = static_cast<void* const*>(value.pointer);
      for (int32_t i = 0; i < value.length; ++i) {
        if (handles[i] == nullptr) refuse(op, parameter, "must not contain null");
      }
      return list_of<at::Tensor>(value.length, [&](int64_t i) { return borrow(handles[i]); });
    }
    case Kind::OptionalTensorList: {
      if (value.tag != RLT_TENSOR_LIST) refuse(op, parameter, "must be a list of tensors");
      void* const* handles = static_cast<void* const*>(value.pointer);
      return list_of<Optional<at::Tensor>>(value.length, [&](int64_t i) {
        return handles[i] == nullptr ? Optional<at::Tensor>() : Optional<at::Tensor>(borrow(handles[i]));
      });
    }
    case Kind::Other:
      switch (value.tag) {
        case RLT_TENSOR: return borrow(value.pointer);
        case RLT_INT: return value.integer;
        case RLT_DOUBLE: return value.real;
        case RLT_BOOL: return value.integer != 0;
        case RLT_STRING: return std::string(static_cast<const char*>(value.pointer), static_cast<size_t>(value.length));
        case RLT_DEVICE:
          return c10::Device(static_cast<c10::DeviceType>(value.integer >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.integer)));
        case RLT_GENERATOR:
          return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(value.pointer)));
        default: refuse(op, parameter, "has a type that this binding cannot pass");
      }
  }
  refuse(op, parameter, "has a type that this binding cannot pass");
}

// Lists go out in memory from malloc, which the managed side hands back to rlt_free_list.
rlt_value convert(c10::IValue& value) {
  rlt_value result{};
  if (value.isTensor()) {
    at::Tensor tensor = std::move(value).toTensor();
    if (tensor.defined()) {
      result.tag = RLT_TENSOR;
      result.pointer = give(std::move(tensor));
    }
  } else if (value.isInt()) {
    result.tag = RLT_INT;
    result.integer = value.toInt();
  } else if (value.isDouble()) {
    result.tag = RLT_DOUBLE;
    result.real = value.toDouble();
  } else if (value.isBool()) {
    result.tag = RLT_BOOL;
    result.integer = value.toBool() ? 1 : 0;
  } else if (value.isTensorList()) {
    std::vector<at::Tensor> tensors = value.toTensorVector();
    void** handles = static_cast<void**>(std::malloc(sizeof(void*) * (tensors.size() + 1)));
    if (handles == nullptr) throw std::bad_alloc();
    for (size_t i = 0; i < tensors.size(); ++i) handles[i] = give(std::move(tensors[i]));
    result.tag = RLT_TENSOR_LIST;
    result.length = static_cast<int32_t>(tensors.size());
    result.pointer = handles;
  } else if (!value.isNone()) {
    throw std::invalid_argument("the operator returned a " + value.tagKind() + ", which this binding cannot receive");
  }
  return result;
}

void release(void* handle) {
  live_tensors.fetch_sub(1, std::memory_order_relaxed);
  c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim(raw(handle));
}

void release(rlt_value& value) {
  if (value.tag == RLT_TENSOR) release(value.pointer);
  if (value.tag == RLT_TENSOR_LIST) {
    void** handles = static_cast<void**>(value.pointer);
    for (int32_t i = 0; i < value.length; ++i) {
      if (handles[i] != nullptr) release(handles[i]);
    }
    std::free(handles);
  }
  value = rlt_value{};
}

// The stack of boxed calls, kept per thread so that a call allocates nothing; emptied whatever happens.
struct StackLease {
  Stack& stack;
  explicit StackLease(Stack& kept) : stack(kept) { stack.clear(); }
  ~StackLease() { stack.clear(); }
};

thread_local Stack call_stack;

}  // namespace

RLT_API const char* rlt_error() { return last_error.c_str(); }

RLT_API int64_t rlt_live_tensors() { return live_tensors.load(std::memory_order_relaxed); }

// ---- operators

// "aten::add.Tensor" or "aten::exp". The result lives as long as the process.
RLT_API void* rlt_operator(const char* qualified_name) {
  return guarded<void*>(nullptr, [&]() -> void* {
    static std::mutex mutex;
    static std::unordered_map<std::string, Operator*> known;
    const std::string qualified(qualified_name);
    std::lock_guard<std::mutex> lock(mutex);
    auto found = known.find(qualified);
    if (found != known.end()) return found->second;

    const size_t dot = qualified.find('.');
    const std::string name = qualified.substr(0, dot);
    const std::string overload = dot == std::string::npos ? "" : qualified.substr(dot + 1);
    auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
    if (!handle) throw std::invalid_argument("libtorch " TORCH_VERSION " has no operator '" + qualified + "'");

    auto* op = new Operator{*handle, {}};
    for (const c10::Argument& argument : handle->schema().arguments()) op->parameters.push_back(describe(argument));
    known.emplace(qualified, op);
    return op;
  });
}

RLT_API int32_t rlt_parameter_count(void* op) { return static_cast<int32_t>(static_cast<const Operator*>(op)->parameters.size()); }

RLT_API const char* rlt_parameter_name(void* op, int32_t index) {
  return static_cast<const Operator*>(op)->parameters[static_cast<size_t>(index)].name.c_str();
}

// Runs the operator. Arguments that are not given take the schema's defaults. Returns the number of
// results that the operator has and stores the first `capacity` of them; the rest are released.
RLT_API int32_t rlt_call(void* op_handle, const rlt_value* arguments, int32_t count, rlt_value* results, int32_t capacity) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    const Operator& op = *static_cast<const Operator*>(op_handle);
    const size_t given = static_cast<size_t>(count);
    if (given > op.parameters.size()) {
      throw std::invalid_argument(std::to_string(given) + " arguments were given, more than its schema has: " + c10::toString(op.handle.schema()));
    }
    StackLease lease(call_stack);
    const rlt_value missing{RLT_DEFAULT, 0, {0}};
    for (size_t i = 0; i < op.parameters.size(); ++i) {
      lease.stack.push_back(convert(op, op.parameters[i], i < given ? arguments[i] : missing));
    }
    op.handle.callBoxed(&lease.stack);
    const int32_t returned = static_cast<int32_t>(lease.stack.size());
    const int32_t stored = returned < capacity ? returned : capacity;
    int32_t done = 0;
    try {
      for (; done < stored; ++done) results[done] = convert(lease.stack[static_cast<size_t>(done)]);
    } catch (...) {
      while (done > 0) release(results[--done]);
      throw;
    }
    return returned;
  });
}

RLT_API void rlt_free_list(void* list) { std::free(list); }

// ---- tensors

RLT_API void rlt_free(void* handle) {
  guarded<int32_t>(-1, [&] { release(handle); return 0; });
}

RLT_API void* rlt_share(void* handle) { return give(borrow(handle)); }

RLT_API int32_t rlt_dim(void* handle) { return static_cast<int32_t>(raw(handle)->dim()); }
RLT_API int64_t rlt_numel(void* handle) { return raw(handle)->numel(); }
RLT_API int32_t rlt_dtype(void* handle) { return static_cast<int32_t>(c10::typeMetaToScalarType(raw(handle)->dtype())); }
RLT_API int64_t rlt_element_size(void* handle) { return static_cast<int64_t>(raw(handle)->itemsize()); }
RLT_API int32_t rlt_is_contiguous(void* handle) { return raw(handle)->is_contiguous() ? 1 : 0; }
RLT_API int32_t rlt_requires_grad(void* handle) { return raw(handle)->requires_grad() ? 1 : 0; }

// Writes at most `capacity` numbers and returns the number of dimensions.
RLT_API int32_t rlt_sizes(void* handle, int64_t* out, int32_t capacity) {
  const auto sizes = raw(handle)->sizes();
  for (int32_t i = 0; i < capacity && i < static_cast<int32_t>(sizes.size()); ++i) out[i] = sizes[static_cast<size_t>(i)];
  return static_cast<int32_t>(sizes.size());
}

RLT_API int32_t rlt_strides(void* handle, int64_t* out, int32_t capacity) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    const auto strides = raw(handle)->strides();
    for (int32_t i = 0; i < capacity && i < static_cast<int32_t>(strides.size()); ++i) out[i] = strides[static_cast<size_t>(i)];
    return static_cast<int32_t>(strides.size());
  });
}

// Device type << 32 | index as an unsigned 32-bit number.
RLT_API int64_t rlt_device(void* handle) {
  const c10::Device device = raw(handle)->device();
  return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
}

RLT_API void* rlt_data(void* handle) {
  return guarded<void*>(nullptr, [&] { return borrow(handle).data_ptr(); });
}

RLT_API int32_t rlt_item(void* handle, rlt_value* out) {
  return guarded<int32_t>(-1, [&]() -> int32_t {
    const c10::Scalar scalar = borrow(handle).item();
    c10::IValue value(scalar);
    *out = convert(value);
    return 0;
  });
}

// ---- gradients

RLT_API int32_t rlt_set_requires_grad(void* handle, int32_t on) {
  return guarded<int32_t>(-1, [&] { borrow(handle).set_requires_grad(on != 0); return 0; });
}

RLT_API int32_t rlt_is_leaf(void* handle) {
  return guarded<int32_t>(-1, [&] { return borrow(handle).is_leaf() ? 1 : 0; });
}

RLT_API int32_t rlt_retain_grad(void* handle) {
  return guarded<int32_t>(-1, [&] { borrow(handle).retain_grad(); return 0; });
}

// Null and no error: there is no gradient.
RLT_API int32_t rlt_grad(void* handle, void** out) {
  return guarded<int32_t>(-1, [&] { *out = give(borrow(handle).grad()); return 0; });
}

RLT_API int32_t rlt_set_grad(void* handle, void* gradient) {
  return guarded<int32_t>(-1, [&] { borrow(handle).mutable_grad() = borrow(gradient); return 0; });
}

RLT_API int32_t rlt_backward(void* const* tensors, int32_t count, void* const* gradients, int32_t gradient_count,
                             void* const* inputs, int32_t input_count, int32_t retain_graph, int32_t create_graph) {
  return guarded<int32_t>(-1, [&] {
    torch::autograd::backward(borrow_all(tensors, count), borrow_all(gradients, gradient_count), retain_graph != 0,
                              create_graph != 0, borrow_all(inputs, input_count));
    return 0;
  });
}

// Writes one handle per input; null where allow_unused and the input does not take part.
RLT_API int32_t rlt_gradients(void* const* outputs, int32_t count, void* const* inputs, int32_t input_count,
                              void* const* gradients, int32_t gradient_count, int32_t retain_graph, int32_t create_graph,
                              int32_t allow_unused, void** results) {
  return guarded<int32_t>(-1, [&] {
    auto found = torch::autograd::grad(borrow_all(outputs, count), borrow_all(inputs, input_count),
                                       borrow_all(gradients, gradient_count), retain_graph != 0, create_graph != 0,
                                       allow_unused != 0);
    for (size_t i = 0; i < found.size(); ++i) results[i] = give(std::move(found[i]));
    return 0;
  });
}

RLT_API int32_t rlt_grad_mode() { return c10::GradMode::is_enabled() ? 1 : 0; }
RLT_API void rlt_set_grad_mode(int32_t on) { c10::GradMode::set_enabled(on != 0); }
RLT_API int32_t rlt_inference_mode() { return c10::InferenceMode::is_enabled() ? 1 : 0; }

// The guard must be left on the thread that entered it, in reverse order.
RLT_API void* rlt_enter_inference_mode(int32_t on) {
  return guarded<void*>(nullptr, [&]() -> void* { return new c10::InferenceMode(on != 0); });
}

RLT_API void rlt_leave_inference_mode(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// ---- randomness

RLT_API int32_t rlt_manual_seed(uint64_t seed) {
  return guarded<int32_t>(-1, [&] { at::manual_seed(seed); return 0; });
}

RLT_API int32_t rlt_cuda_manual_seed(uint64_t seed) {
  return guarded<int32_t>(-1, [&] {
    for (size_t i = 0; i < at::getNumGPUs(); ++i) {
      auto generator = at::globalContext().defaultGenerator(c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(i)));
      std::lock_guard<std::mutex> lock(generator.mutex());
      generator.set_current_seed(seed);
    }
    return 0;
  });
}

// A new generator of the CPU with its own seed, or of the CUDA device.
RLT_API void* rlt_new_generator(uint64_t seed, int32_t cuda_index) {
  return guarded<void*>(nullptr, [&]() -> void* {
    at::Generator generator = cuda_index < 0
        ? at::detail::createCPUGenerator(seed)
        : at::globalContext().defaultGenerator(c10::Device(c10::DeviceType::CUDA, static_cast<c10::DeviceIndex>(cuda_index))).clone();
    if (cuda_index >= 0) {
      std::lock_guard<std::mutex> lock(generator.mutex());
      generator.set_current_seed(seed);
    }
    return generator.unsafeReleaseGeneratorImpl();
  });
}

RLT_API void* rlt_default_generator() {
  return guarded<void*>(nullptr, []() -> void* {
    at::Generator generator = at::detail::getDefaultCPUGenerator();
    return generator.unsafeReleaseGeneratorImpl();
  });
}

RLT_API void rlt_free_generator(void* handle) {
  c10::intrusive_ptr<c10::GeneratorImpl>::reclaim(static_cast<c10::GeneratorImpl*>(handle));
}

namespace {
at::Generator borrow_generator(void* handle) {
  return at::Generator(c10::intrusive_ptr<c10::GeneratorImpl>::reclaim_copy(static_cast<c10::GeneratorImpl*>(handle)));
}
}  // namespace

RLT_API int32_t rlt_generator_set_seed(void* handle, uint64_t seed) {
  return guarded<int32_t>(-1, [&] {
    at::Generator generator = borrow_generator(handle);
    std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_current_seed(seed);
    return 0;
  });
}

RLT_API int32_t rlt_generator_seed(void* handle, uint64_t* out) {
  return guarded<int32_t>(-1, [&] { *out = borrow_generator(handle).current_seed(); return 0; });
}

RLT_API void* rlt_generator_state(void* handle) {
  return guarded<void*>(nullptr, [&] {
    at::Generator generator = borrow_generator(handle);
    std::lock_guard<std::mutex> lock(generator.mutex());
    return give(generator.get_state());
  });
}

RLT_API int32_t rlt_generator_set_state(void* handle, void* state) {
  return guarded<int32_t>(-1, [&] {
    at::Generator generator = borrow_generator(handle);
    std::lock_guard<std::mutex> lock(generator.mutex());
    generator.set_state(borrow(state));
    return 0;
  });
}

// ---- threads, devices, what this is

RLT_API int32_t rlt_get_num_threads() { return at::get_num_threads(); }

RLT_API int32_t rlt_set_num_threads(int32_t count) {
  return guarded<int32_t>(-1, [&] { at::set_num_threads(count); return 0; });
}

RLT_API int32_t rlt_get_num_interop_threads() { return at::get_num_interop_threads(); }

RLT_API int32_t rlt_set_num_interop_threads(int32_t count) {
  return guarded<int32_t>(-1, [&] { at::set_num_interop_threads(count); return 0; });
}

RLT_API int32_t rlt_cuda_count() {
  return guarded<int32_t>(0, [] { return at::hasCUDA() ? static_cast<int32_t>(at::getNumGPUs()) : 0; });
}

RLT_API int32_t rlt_cuda_synchronize(int32_t index) {
  return guarded<int32_t>(-1, [&] {
    at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(index));
    return 0;
  });
}

RLT_API const char* rlt_version() { return TORCH_VERSION; }

// The libtorch_cpu that was loaded; empty when the loader does not tell.
RLT_API const char* rlt_location() {
  static const std::string path = [] {
    Dl_info info{};
    int (*probe)() = &at::get_num_threads;
    return dladdr(reinterpret_cast<void*>(probe), &info) != 0 && info.dli_fname != nullptr ? std::string(info.dli_fname) : std::string();
  }();
  return path.c_str();
}
