<?php

namespace Drupal\vetovoima\Form;

use Drupal\Core\Form\ConfigFormBase;
use Drupal\Core\Form\FormStateInterface;

/**
 * From which portal, and of which municipality, sites and premises are shown.
 */
class SettingsForm extends ConfigFormBase {

  /**
   * {@inheritdoc}
   */
  public function getFormId(): string {
    return 'vetovoima_settings';
  }

  /**
   * {@inheritdoc}
   */
  protected function getEditableConfigNames(): array {
    return ['vetovoima.settings'];
  }

  /**
   * {@inheritdoc}
   */
  public function buildForm(array $form, FormStateInterface $form_state): array {
    $settings = $this->config('vetovoima.settings');
    $form['address'] = [
      '#type' => 'url',
      '#title' => $this->t('Address of the portal'),
      '#default_value' => $settings->get('address'),
      '#required' => TRUE,
    ];
    $form['municipality'] = [
      '#type' => 'textfield',
      '#title' => $this->t('Municipality'),
      '#description' => $this->t('As in the address of its page on the portal. Left empty: the whole region.'),
      '#default_value' => $settings->get('municipality'),
    ];
    $form['channel'] = [
      '#type' => 'textfield',
      '#title' => $this->t('Channel key'),
      '#description' => $this->t("From the portal's list of channels; visits and enquiries are then counted for your page. May be empty."),
      '#default_value' => $settings->get('channel'),
      '#maxlength' => 8,
    ];
    $form['minutes'] = [
      '#type' => 'number',
      '#title' => $this->t('Minutes that a copy is fresh'),
      '#min' => 1,
      '#max' => 60,
      '#default_value' => $settings->get('minutes'),
    ];
    return parent::buildForm($form, $form_state);
  }

  /**
   * {@inheritdoc}
   */
  public function validateForm(array &$form, FormStateInterface $form_state): void {
    parent::validateForm($form, $form_state);
    if (self::origin((string) $form_state->getValue('address')) === NULL) {
      $form_state->setErrorByName('address', $this->t('The address of the portal begins with https:// and a host name.'));
    }
    if (!preg_match('/^[a-z0-9-]{0,60}$/', (string) $form_state->getValue('municipality'))) {
      $form_state->setErrorByName('municipality', $this->t('A municipality is written as in the address of its page on the portal: small letters and hyphens.'));
    }
    if (!preg_match('/^([a-z0-9]{8})?$/', (string) $form_state->getValue('channel'))) {
      $form_state->setErrorByName('channel', $this->t("A channel key has eight letters and digits. It stands beside your page in the portal's list of channels."));
    }
  }

  /**
   * {@inheritdoc}
   */
  public function submitForm(array &$form, FormStateInterface $form_state): void {
    $this->config('vetovoima.settings')
      ->set('address', self::origin((string) $form_state->getValue('address')))
      ->set('municipality', (string) $form_state->getValue('municipality'))
      ->set('channel', (string) $form_state->getValue('channel'))
      ->set('minutes', (int) $form_state->getValue('minutes'))
      ->save();
    parent::submitForm($form, $form_state);
  }

  /**
   * This will return the origin of an address, or NULL for what is none.
   *
   * Without https anybody between the two servers could write into the page; on this machine alone nobody is between.
   */
  public static function origin(string $typed): ?string {
    $parts = parse_url(trim($typed));
    if (!is_array($parts) || empty($parts['host']) || isset($parts['user'])) {
      return NULL;
    }
    $scheme = strtolower($parts['scheme'] ?? '');
    if ($scheme !== 'https' && !($scheme === 'http' && in_array($parts['host'], ['localhost', '127.0.0.1'], TRUE))) {
      return NULL;
    }
    return "$scheme://" . strtolower($parts['host']) . (isset($parts['port']) ? ":{$parts['port']}" : '');
  }

}
