# ms-swift: k3 in the loss, clamped at 10. Its default beta, 0.04, is refused: the clamp is not shown to be idle there.
swift rlhf \
    --rlhf_type grpo \
    --model Qwen/Qwen2.5-1.5B-Instruct \
    --reward_funcs accuracy \
    --num_generations 8 \
    --beta 0.2 \
    --temperature 1.0
