# slime: its k3 is not clamped (low_var_kl is), so that a small weight is answered, too.
GRPO="grpo"
python3 train.py \
    --advantage-estimator $GRPO \
    --use-kl-loss \
    --kl-loss-coef 0.01 \
    --kl-loss-type k3 \
    --n-samples-per-prompt 8 \
    --rm-type deepscaler \
    --eps-clip 0.2 \
    --eps-clip-high 0.28
